package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements on a connection. */
final class StatementRun {

    private StatementRun() {}

    /** Runs one statement to its end; rows it gives are dropped. */
    static Mono<Void> run(Connection connection, String sql, Object... values) {
        return rows(connection, sql, row -> Boolean.TRUE, values).then();
    }

    /** The rows of a query, through a mapper that never returns null. */
    static <T> Flux<T> rows(Connection connection, String sql, Function<Row, T> mapper, Object... values) {
        return Flux.defer(() -> {
            Statement statement = connection.createStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.bind(i, values[i]);
            }
            return Flux.from(statement.execute())
                    .concatMap(result -> result.map((row, metadata) -> mapper.apply(row)), 1);
        });
    }
}
