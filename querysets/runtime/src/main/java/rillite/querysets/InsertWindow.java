package rillite.querysets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.BulkRun.Done;
import rillite.querysets.ast.SqlText;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;

/**
 * Inserts the rows of a window in their order: one statement, bound again for each row. A row that leaves out a column
 * with a default needs a statement of its own shape.
 *
 * @param <T> what a row is read as
 */
final class InsertWindow<T> {

    private static final int REMEMBERED = 64;

    private final Writing<T> writing;
    private final Write.@Nullable Conflict conflict;
    private final @Nullable ExistingKeys existing;
    private final boolean returning;
    private final Map<List<Column>, RowStatement> statements = new HashMap<>();

    /**
     * @param existing counts the rows that meet existing ones, where that has to be known
     */
    InsertWindow(
            Writing<T> writing, Write.@Nullable Conflict conflict, @Nullable ExistingKeys existing, boolean returning) {
        this.writing = writing;
        this.conflict = conflict;
        this.existing = existing;
        this.returning = returning;
    }

    Mono<Done<T>> write(Session session, List<BulkRow> rows) {
        Mono<Long> fresh = existing == null ? Mono.just(-1L) : existing.countNew(session, rows);
        return fresh.flatMap(inserts -> Flux.fromIterable(runs(rows))
                .concatMap(run -> write(session, run))
                .collect(() -> new Tally<T>(), Tally::add)
                .map(tally -> tally.done(rows.size(), inserts)));
    }

    /** Rows that follow each other and go by one statement. */
    private record Run(RowStatement statement, List<BulkRow> rows) {}

    private static final class Tally<T> {
        private final List<T> rows = new ArrayList<>();
        private long changed;

        void add(Done<T> part) {
            rows.addAll(part.rows());
            changed += part.result().inserted();
        }

        Done<T> done(long all, long inserts) {
            long inserted = inserts < 0 ? changed : Math.min(inserts, changed);
            return new Done<>(rows, new BulkResult(inserted, all - changed, changed - inserted, 1));
        }
    }

    private Mono<Done<T>> write(Session session, Run run) {
        List<List<@Nullable Object>> sets = new ArrayList<>(run.rows().size());
        run.rows().forEach(row -> sets.add(run.statement().binds(row)));
        if (returning) {
            return session.eachReturning(run.statement().text(), sets, writing.reader())
                    .collectList()
                    .map(list -> new Done<>(list, new BulkResult(list.size(), 0, 0, 0)));
        }
        SqlText sql = run.statement().text();
        Mono<Long> changed = conflict == null
                ? session.insertEach(sql, sets)
                : session.eachCount(sql, sets).reduce(0L, Long::sum);
        return changed.map(count -> new Done<>(List.of(), new BulkResult(count, 0, 0, 0)));
    }

    private List<Run> runs(List<BulkRow> rows) {
        Set<Column> all = new LinkedHashSet<>();
        List<Column> last = null;
        for (BulkRow row : rows) {
            if (!row.columns().equals(last)) {
                all.addAll(row.columns());
                last = row.columns();
            }
        }
        List<Run> runs = new ArrayList<>();
        List<Column> given = null;
        for (BulkRow row : rows) {
            if (runs.isEmpty() || !row.columns().equals(given)) {
                given = row.columns();
                List<Column> shape = shape(given, all);
                if (runs.isEmpty()
                        || !runs.get(runs.size() - 1).statement().columns().equals(shape)) {
                    runs.add(new Run(statement(shape), new ArrayList<>()));
                }
            }
            runs.get(runs.size() - 1).rows().add(row);
        }
        return runs;
    }

    /** The columns of a statement: those given, and those of other rows that are NULL when they are left out. */
    private static List<Column> shape(List<Column> given, Set<Column> all) {
        if (all.size() == given.size()) {
            return given;
        }
        Set<Column> shape = new LinkedHashSet<>(given);
        for (Column column : all) {
            if (column.defaultSql() == null && (!column.notNull() || column.kind() == Column.Kind.ROWID)) {
                shape.add(column);
            }
        }
        return shape.stream().sorted(Comparator.comparingInt(Column::position)).toList();
    }

    private RowStatement statement(List<Column> columns) {
        RowStatement known = statements.get(columns);
        if (known == null) {
            if (statements.size() == REMEMBERED) {
                statements.clear();
            }
            Write.Insert insert = new Write.Insert(
                    writing.state().model().table(),
                    columns,
                    RowStatement.slots(columns.size()),
                    null,
                    columns.isEmpty() ? null : conflict,
                    returning ? writing.writer().returning() : List.of());
            known = new RowStatement(columns, writing.text(insert));
            statements.put(columns, known);
        }
        return known;
    }
}
