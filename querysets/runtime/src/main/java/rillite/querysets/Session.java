package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.SqlText;
import rillite.r2dbc.BulkOptions;
import rillite.r2dbc.BulkProgress;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteBulkException;
import rillite.r2dbc.SqliteCapabilities;

/**
 * Statements on one connection, in a transaction or in auto-commit. All publishers are cold; whoever made the session
 * gives the connection back.
 */
final class Session {

    private final Connection connection;
    private final Statements statements;
    private final @Nullable Scope scope;
    private final @Nullable Asking asking;

    /**
     * @param scope the transaction, null for auto-commit
     * @param asking null for statements of which a verb needs several
     */
    Session(Connection connection, Statements statements, @Nullable Scope scope, @Nullable Asking asking) {
        this.connection = connection;
        this.statements = statements;
        this.scope = scope;
        this.asking = asking;
    }

    /** The same for statements that a program asked for by themselves. */
    Session asked(@Nullable Asking by) {
        return by == null ? this : new Session(connection, statements, scope, by);
    }

    /** Rows of a query, requested from the driver as the subscriber requests them; 0 leaves the fetch size to the driver. */
    <T> Flux<T> rows(SqlText sql, int fetchSize, Function<Row, T> mapper) {
        return told(
                sql,
                true,
                execute(sql, fetchSize, false)
                        .concatMap(result -> result.map((row, metadata) -> mapper.apply(row)), 1));
    }

    /** Rows that a write returns. */
    <T> Flux<T> returning(SqlText sql, Function<Row, T> mapper) {
        return told(
                sql,
                true,
                execute(sql, 0, true).concatMap(result -> result.map((row, metadata) -> mapper.apply(row)), 1));
    }

    /** The number of rows that a write matched. */
    Mono<Long> count(SqlText sql) {
        return told(sql, false, execute(sql, 0, true).concatMap(Result::getRowsUpdated, 1))
                .reduce(0L, Long::sum);
    }

    /** Errors that say what to do; in a transaction they tell to which statement they belong. */
    private <T> Flux<T> told(SqlText sql, boolean rows, Flux<T> signals) {
        Flux<T> measured = statements.measured(sql.sql(), signals, rows, asking);
        Flux<T> explained = measured.onErrorMap(error -> SearchErrors.explained(error, sql.sql()));
        return scope == null ? explained : explained.doOnError(error -> statements.failed(sql.sql(), error));
    }

    /** Rows that a write returns, bound again for each set of values; in the order of the sets. */
    <T> Flux<T> eachReturning(SqlText sql, List<List<@Nullable Object>> sets, Function<Row, T> mapper) {
        return told(
                sql,
                true,
                each(sql.sql(), sets).concatMap(result -> result.map((row, metadata) -> mapper.apply(row)), 1));
    }

    /** The number of rows that a write matched, for each set of values. */
    Flux<Long> eachCount(SqlText sql, List<List<@Nullable Object>> sets) {
        return told(sql, false, each(sql.sql(), sets).concatMap(Result::getRowsUpdated, 1));
    }

    /**
     * One INSERT for each set of values where nothing is asked of the rows: by the import of the driver if it has one, which
     * makes no result per row. Gives the number of rows.
     */
    Mono<Long> insertEach(SqlText sql, List<List<@Nullable Object>> sets) {
        SqliteBulk bulk = find(SqliteBulk.class);
        if (bulk == null || scope == null) {
            return eachCount(sql, sets).reduce(0L, Long::sum);
        }
        Scope within = scope;
        Mono<Long> rows = Mono.defer(() -> {
            within.check(true);
            sent(sql.sql());
            BulkOptions whole = new BulkOptions(sets.size(), 1L << 40);
            return bulk.insert(sql.sql(), Flux.fromIterable(sets).map(List::toArray), whole)
                    .result()
                    .map(BulkProgress::rows)
                    .onErrorMap(SqliteBulkException.class, Session::causeOf);
        });
        return told(sql, false, rows.flux()).single();
    }

    private static Throwable causeOf(SqliteBulkException error) {
        Throwable cause = error.getCause();
        return cause == null ? error : cause;
    }

    private Flux<Result> each(String sql, List<List<@Nullable Object>> sets) {
        return execute(sql, true, () -> {
            Statement statement = connection.createStatement(sql);
            for (int i = 0; i < sets.size(); i++) {
                bind(i == 0 ? statement : statement.add(), sets.get(i));
            }
            return statement;
        });
    }

    /** What the driver offers beyond the SPI on this connection, null when it does not. */
    <C> @Nullable C find(Class<C> capability) {
        return SqliteCapabilities.find(connection, capability);
    }

    /** Tells the listeners of a statement that goes another way, such as a capability. */
    void sent(String sql) {
        statements.sent(sql);
        if (scope != null) {
            scope.sent(sql);
        }
    }

    Statements statements() {
        return statements;
    }

    private Flux<Result> execute(SqlText sql, int fetchSize, boolean write) {
        return execute(sql.sql(), write, () -> {
            Statement statement = connection.createStatement(sql.sql());
            bind(statement, sql.binds());
            return fetchSize > 0 ? statement.fetchSize(fetchSize) : statement;
        });
    }

    private Flux<Result> execute(String sql, boolean write, Supplier<Statement> prepared) {
        return Flux.defer(() -> {
            if (scope != null) {
                scope.check(write);
            }
            Statement statement = prepared.get();
            sent(sql);
            return Flux.from(statement.execute());
        });
    }

    private static void bind(Statement statement, List<@Nullable Object> binds) {
        for (int i = 0; i < binds.size(); i++) {
            Object value = binds.get(i);
            if (value == null) {
                statement.bindNull(i, Object.class);
            } else {
                statement.bind(i, value);
            }
        }
    }
}
