package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.SqlText;
import rillite.querysets.schema.ColumnType;

/**
 * A statement of your own, sent as it is written, with its values bound to {@code ?} in order. Immutable; it is sent by
 * each subscription to what its verbs return, in the transaction of the subscriber like any query.
 *
 * <p>What SQLite has against the text arrives through onError as the driver's exception.
 */
public final class RawSql {

    private static final Set<String> CONTROL = Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");
    private static final Set<String> READS = Set.of("SELECT", "VALUES", "WITH", "EXPLAIN", "PRAGMA");

    private final Database database;
    private final SqlText sql;
    private final boolean reads;

    private RawSql(Database database, SqlText sql, boolean reads) {
        this.database = database;
        this.sql = sql;
        this.reads = reads;
    }

    static RawSql of(Database database, String text, @Nullable Object[] values) {
        String verb = FirstWord.of(text);
        if (CONTROL.contains(verb)) {
            throw Errors.invalidQuery(
                    "Cannot send " + verb + ": it would be the end, or the begin, of a transaction behind"
                            + " the back of the Database. Use inTransaction(..), which also nests.");
        }
        List<@Nullable Object> binds = new ArrayList<>();
        for (Object value : values) {
            String label = "value " + (binds.size() + 1) + " of the SQL";
            binds.add(value == null ? null : ValueEncoder.written(value, ColumnType.ANY, label));
        }
        return new RawSql(database, new SqlText(text, binds), READS.contains(verb));
    }

    /**
     * The rows, with the named columns of the result, all of them when none is named; names as they stand in the result,
     * where upper and lower case make no difference. A name that the result lacks is an {@link UnknownFieldException}
     * through onError.
     */
    public RawQuery<Row> values(String... names) {
        List<String> wanted = List.of(names);
        RawShape.Plan plan = wanted.isEmpty() ? database.runner().allColumns() : RawShape.values(wanted);
        return RawQuery.of(fetchSize -> rows(plan, fetchSize), wanted.size());
    }

    /**
     * The rows as those of a table: columns that the result lacks are not loaded, and what is no column of the table is there
     * under its name. A result without the primary key is an {@link InvalidQueryException} through onError.
     *
     * @throws UnknownTableException no such table
     */
    public RawQuery<Row> as(String table) {
        TableModel model = database.model(table);
        return RawQuery.of(fetchSize -> rows(RawShape.of(model), fetchSize), 0);
    }

    /** As {@code values().into(type)}: each row as a record, whose components name all columns of the result. */
    public <T> RawQuery<T> into(Class<T> type) {
        return values().into(type);
    }

    private Flux<Row> rows(RawShape.Plan plan, int fetchSize) {
        SqlRunner runner = database.runner();
        Asking asking = runner.statements().asking();
        return Flux.defer(() -> {
            RawShape shape = new RawShape(plan);
            return reads
                    ? runner.rows(() -> sql, fetchSize, shape::read, asking)
                    : runner.returning(() -> sql, shape::read);
        });
    }

    /** Runs the statement and gives the number of rows it changed; 0 for what changes none. */
    public Mono<Long> execute() {
        return database.runner().count(() -> sql);
    }

    /** How SQLite would run the statement, which is not run; it must be a single one. */
    public Mono<Plan> explain() {
        SqlText text = new SqlText("EXPLAIN QUERY PLAN " + sql.sql(), sql.binds());
        return database.runner()
                .rows(() -> text, 0, Plan.Line::of)
                .collectList()
                .map(Plan::of);
    }

    /** The text; values stay out of logs. */
    @Override
    public String toString() {
        return sql.sql();
    }
}
