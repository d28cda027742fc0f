package rillite.querysets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.CascadeRules.Rule;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.SqlCompiler;
import rillite.querysets.ast.SqlText;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey.Action;

/** Writes what was collected: rows on which nothing depends, then foreign keys that are kept, then tables leaves first. */
final class Removal {

    private final CascadeRules rules;
    private final Map<TableModel, CollectedRows> collected;
    private final Session session;
    private final SqlCompiler compiler;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Set<TableModel> order = new LinkedHashSet<>();
    private boolean cyclic;

    Removal(CascadeRules rules, Map<TableModel, CollectedRows> collected, Session session, SqlCompiler compiler) {
        this.rules = rules;
        this.collected = collected;
        this.session = session;
        this.compiler = compiler;
        collected.keySet().forEach(table -> place(table, new HashSet<>()));
    }

    /** Puts a table behind those that reference it, as far as that is possible. */
    private void place(TableModel table, Set<TableModel> below) {
        below.add(table);
        for (Rule rule : rules.leadingTo(table)) {
            TableModel child = rule.child();
            boolean itself = child == table;
            // A statement checks RESTRICT row by row.
            cyclic |= itself && rule.foreignKey().onDelete() == Action.RESTRICT;
            if (!itself && collected.containsKey(child) && !order.contains(child)) {
                if (below.contains(child)) {
                    cyclic = true;
                } else {
                    place(child, below);
                }
            }
        }
        below.remove(table);
        order.add(table);
    }

    Mono<Deleted> run() {
        List<Mono<Void>> steps = new ArrayList<>();
        forRules((rule, where) -> {
            if (rule.action() == Action.CASCADE && rules.isLeaf(rule.child())) {
                TableModel leaf = rule.child();
                Write delete = new Write.Delete(leaf.table(), where, List.of());
                steps.add(count(delete).doOnNext(rows -> counted(leaf, rows)).then());
            }
        });
        forRules((rule, where) -> {
            if (rule.action() == Action.SET_NULL || rule.action() == Action.SET_DEFAULT) {
                steps.add(count(cut(rule, where)).then());
            }
        });
        for (TableModel table : order) {
            CollectedRows rows = collected.get(table);
            if (rows != null && rows.size() > 0) {
                Write delete = new Write.Delete(table.table(), rows.own(), List.of());
                // The database may have deleted some of them by a rule of its own a moment before.
                steps.add(count(delete)
                        .doOnNext(changed -> counted(table, rows.size()))
                        .then());
            }
        }
        Mono<Void> all = Flux.fromIterable(steps).concatMap(step -> step).then();
        return (cyclic && !steps.isEmpty() ? deferring(all) : all).then(Mono.fromSupplier(() -> new Deleted(counts)));
    }

    private interface Step {
        void add(Rule rule, Condition where);
    }

    private void forRules(Step step) {
        for (CollectedRows rows : collected.values()) {
            for (Rule rule : rules.leadingTo(rows.table())) {
                Condition where = rows.referencing(rule);
                if (!where.equals(Condition.NEVER)) {
                    step.add(rule, where);
                }
            }
        }
    }

    private void counted(TableModel table, long rows) {
        counts.merge(table.name(), rows, Long::sum);
    }

    private Mono<Long> count(Write write) {
        return Mono.defer(() -> session.count(compiler.compile(write)));
    }

    /** Keeps the rows that reference deleted ones, without the reference. */
    private static Write cut(Rule rule, Condition where) {
        List<Write.Assignment> changes = new ArrayList<>();
        for (Column column : rule.columns()) {
            String given = rule.action() == Action.SET_DEFAULT ? column.defaultSql() : null;
            changes.add(new Write.Assignment(
                    column, given == null ? new Expression.Bind(null) : new Expression.Raw(List.of(given), List.of())));
        }
        return new Write.Update(rule.child().table(), changes, where, List.of());
    }

    /** Foreign keys are checked at the end of the transaction: rows that reference each other go one after the other. */
    private Mono<Void> deferring(Mono<Void> work) {
        Mono<Void> on = pragma(" = ON");
        Mono<Void> off = pragma(" = OFF");
        return session.rows(new SqlText("PRAGMA defer_foreign_keys", List.of()), 0, row -> CellReader.untyped(row, 0))
                .collectList()
                .flatMap(before -> List.of(1L).equals(before)
                        ? work
                        : on.then(work)
                                .onErrorResume(error -> off.onErrorComplete().then(Mono.error(error)))
                                .then(off));
    }

    private Mono<Void> pragma(String value) {
        return session.count(new SqlText("PRAGMA defer_foreign_keys" + value, List.of()))
                .then();
    }
}
