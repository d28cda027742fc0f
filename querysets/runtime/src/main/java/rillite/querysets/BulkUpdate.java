package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import rillite.querysets.BulkRun.Done;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.schema.Column;

/** Updates many rows by their keys, each with values of its own: one statement, bound again for each row. */
final class BulkUpdate {

    private final QueryState state;
    private final ColumnValues values;
    private final List<Column> key;
    private final List<Column> columns = new ArrayList<>();
    private final RowStatement statement;

    BulkUpdate(QueryState state, List<String> names) {
        this.state = state.unsliced("bulkUpdate");
        new Writer(state).checkTarget("update");
        values = new ColumnValues(state);
        key = state.model().keyFor("update rows of");
        if (names.isEmpty()) {
            throw Errors.invalidQuery("bulkUpdate of \"" + state.table() + "\" needs the columns that it writes.");
        }
        for (String name : names) {
            for (Column column : values.columns(name)) {
                if (key.contains(column)) {
                    throw Errors.invalidQuery("bulkUpdate of \"" + state.table() + "\" cannot write \"" + name
                            + "\": it is the key by which rows are found.");
                }
                columns.add(column);
            }
        }
        statement = statement();
    }

    private RowStatement statement() {
        List<Column> all = new ArrayList<>(columns);
        Map<Column, Expression> changes = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            changes.put(columns.get(i), RowStatement.slot(i));
        }
        List<Condition> same = new ArrayList<>();
        for (Column column : key) {
            same.add(new Condition.Compare(
                    Condition.Comparison.EQUAL, ColumnRef.of(column), RowStatement.slot(all.size())));
            all.add(column);
        }
        QueryState one = state.filter(Condition.all(same));
        return new RowStatement(all, new Writing<>(one, row -> row).text(new Writer(one).update(changes, List.of())));
    }

    /** The number of rows that were found. */
    Mono<Long> run(Publisher<Fields> source, BulkSettings settings) {
        if (state.isEmpty()) {
            return Mono.just(0L);
        }
        BulkRun<Object> run = new BulkRun<>("bulkUpdate", state, settings, this::write);
        return run.run(source, this::read, done -> Mono.just(done.result().updated()))
                .reduce(0L, Long::sum);
    }

    private BulkRow read(long index, Fields row) {
        Map<Column, Expression> given = new LinkedHashMap<>();
        row.asMap().forEach((name, value) -> {
            if (isComputed(name)) {
                return;
            }
            List<Column> named = values.columns(name);
            if (columns.containsAll(named) || key.containsAll(named)) {
                given.putAll(values.of(Fields.of(name, value), true));
            }
        });
        Map<Column, Expression> needed = new LinkedHashMap<>();
        for (Column column : statement.columns()) {
            Expression value = given.get(column);
            boolean isKey = key.contains(column);
            if (value == null || isKey && Writer.isNull(value)) {
                throw Errors.invalidValue(
                        column.qualifiedName(),
                        null,
                        isKey ? "a value: the row is found by it" : "a value: bulkUpdate is to write it");
            }
            if (!(value instanceof Expression.Bind)) {
                throw Errors.invalidQuery("bulkUpdate of \"" + state.table()
                        + "\" takes constants, not expressions, for " + column.qualifiedName() + ". Use update(..).");
            }
            needed.put(column, value);
        }
        return BulkRow.of(index, needed);
    }

    /** Rows that were read carry what SQLite computes; it names nothing that is written. */
    private boolean isComputed(String name) {
        Column column = state.model().find(name);
        return column != null && column.isGenerated();
    }

    private Mono<Done<Object>> write(Session session, List<BulkRow> rows) {
        List<List<@Nullable Object>> sets = new ArrayList<>(rows.size());
        rows.forEach(row -> sets.add(statement.binds(row)));
        return session.eachCount(statement.text(), sets)
                .reduce(0L, Long::sum)
                .map(hit -> new Done<>(List.of(), new BulkResult(0, rows.size() - hit, hit, 1)));
    }
}
