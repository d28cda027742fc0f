package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements on a connection. */
final class StatementRun {

    private static final List<String> READS = List.of("SELECT", "VALUES", "WITH", "PRAGMA", "EXPLAIN");

    private StatementRun() {}

    /** Runs one statement to its end; rows it gives are dropped. The text begins with its first word. */
    static Mono<Void> run(Connection connection, String sql, Object... values) {
        boolean reads = READS.stream().anyMatch(verb -> sql.regionMatches(true, 0, verb, 0, verb.length()));
        return reads
                ? rows(connection, sql, row -> Boolean.TRUE, values).then()
                : results(connection, sql, values)
                        .concatMap(Result::getRowsUpdated, 1)
                        .then();
    }

    /** The rows of a query, through a mapper that never returns null. */
    static <T> Flux<T> rows(Connection connection, String sql, Function<Row, T> mapper, Object... values) {
        return results(connection, sql, values)
                .concatMap(result -> result.map((row, metadata) -> mapper.apply(row)), 1);
    }

    private static Flux<Result> results(Connection connection, String sql, Object... values) {
        return Flux.defer(() -> {
            Statement statement = connection.createStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.bind(i, values[i]);
            }
            return Flux.from(statement.execute());
        });
    }
}
