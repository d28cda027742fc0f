package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.CascadeRules.Rule;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.SqlCompiler;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey.Action;

/**
 * One delete in one transaction: collects the keys of all rows that go, level by level, looks for rows that are in the
 * way, and only then writes. The number of statements depends on foreign keys and levels, not on rows.
 */
final class Cascade {

    private final QueryState state;
    private final CascadeRules rules;
    private final Session session;
    private final SqlCompiler compiler;
    private final Map<TableModel, CollectedRows> collected = new LinkedHashMap<>();
    private Map<CollectedRows, List<List<@Nullable Object>>> fresh = new LinkedHashMap<>();

    Cascade(QueryState state, CascadeRules rules, Session session) {
        this.state = state;
        this.rules = rules;
        this.session = session;
        compiler = state.database().compiler();
    }

    Mono<Deleted> run(Condition where) {
        return collect(state.model(), where)
                .then(Mono.defer(this::level).repeat(() -> !fresh.isEmpty()).then())
                .then(Mono.defer(this::check))
                .then(Mono.defer(() -> new Removal(rules, collected, session, compiler).run()));
    }

    private Mono<Void> collect(TableModel table, Condition where) {
        if (where.equals(Condition.NEVER)) {
            return Mono.empty();
        }
        CollectedRows rows =
                collected.computeIfAbsent(table, model -> new CollectedRows(model, rules.leadingTo(model)));
        return session.rows(state.commented(compiler.compile(rows.select(where))), 0, rows::read)
                .collectList()
                .doOnNext(found -> {
                    List<List<@Nullable Object>> added = rows.add(found);
                    if (!added.isEmpty()) {
                        fresh.computeIfAbsent(rows, none -> new ArrayList<>()).addAll(added);
                    }
                })
                .then();
    }

    /** Collects what references the rows that came last. */
    private Mono<Void> level() {
        Map<CollectedRows, List<List<@Nullable Object>>> last = fresh;
        fresh = new LinkedHashMap<>();
        List<Mono<Void>> steps = new ArrayList<>();
        last.forEach((rows, added) -> {
            for (Rule rule : rules.leadingTo(rows.table())) {
                if (rule.action() == Action.CASCADE && !rules.isLeaf(rule.child())) {
                    steps.add(Mono.defer(() -> collect(rule.child(), rows.referencing(rule, added))));
                }
            }
        });
        return Flux.fromIterable(steps).concatMap(step -> step).then();
    }

    /** Looks for rows that forbid the delete and are not deleted themselves. */
    private Mono<Void> check() {
        return Flux.fromIterable(collected.values())
                .concatMapIterable(rows -> rules.leadingTo(rows.table()))
                .filter(Rule::protects)
                .concatMap(this::check)
                .then();
    }

    private Mono<Void> check(Rule rule) {
        Condition inTheWay = CollectedRows.of(collected, rule);
        Condition where = Condition.all(List.of(inTheWay, Condition.not(goes(rule.child()))));
        if (where.equals(Condition.NEVER)) {
            return Mono.empty();
        }
        List<Column> key = rule.child().key();
        Select select = Select.of(rule.child().source(), StoredKeys.read(key.isEmpty() ? rule.columns() : key))
                .withWhere(where)
                .withWindow(ProtectedException.LISTED + 1, 0);
        return session.rows(compiler.compile(select), 0, row -> StoredKeys.of(row, key.size()))
                .collectList()
                .flatMap(found -> found.isEmpty() ? Mono.empty() : Mono.error(Errors.isProtected(rule, found)));
    }

    /** The rows of a table that are deleted. */
    private Condition goes(TableModel table) {
        if (!rules.isLeaf(table)) {
            CollectedRows rows = collected.get(table);
            return rows == null ? Condition.NEVER : rows.own();
        }
        List<Condition> ways = new ArrayList<>();
        for (Rule rule : rules.of(table)) {
            if (rule.action() == Action.CASCADE) {
                ways.add(CollectedRows.of(collected, rule));
            }
        }
        return Condition.any(ways);
    }
}
