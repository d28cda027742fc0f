package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.SqlText;

/** Sends statements. Each subscription takes a connection, gives it back at the end, on error and on cancel. */
final class SqlRunner {

    private final ConnectionFactory connections;
    private final SchemaWatch watch;

    SqlRunner(ConnectionFactory connections, SchemaWatch watch) {
        this.connections = connections;
        this.watch = watch;
    }

    /** Rows, requested from the driver as the subscriber requests them; a fetch size of 0 leaves it to the driver. */
    <T> Flux<T> rows(Supplier<SqlText> sql, int fetchSize, Function<Row, T> mapper) {
        return with(sql, connection -> {
            Statement statement = prepared(connection, sql.get());
            if (fetchSize > 0) {
                statement.fetchSize(fetchSize);
            }
            return Flux.from(statement.execute()).concatMap(result -> result.map((row, metadata) -> mapper.apply(row)));
        });
    }

    /** The number of rows that were matched. */
    Mono<Long> count(Supplier<SqlText> sql) {
        return with(
                        sql,
                        connection -> Flux.from(prepared(connection, sql.get()).execute())
                                .concatMap(result -> result.getRowsUpdated()))
                .reduce(0L, Long::sum);
    }

    private <T> Flux<T> with(Supplier<SqlText> sql, Function<Connection, Publisher<T>> work) {
        return watch.watching(Flux.usingWhen(connections.create(), work, Connection::close), sql);
    }

    private static Statement prepared(Connection connection, SqlText sql) {
        Statement statement = connection.createStatement(sql.sql());
        List<@Nullable Object> binds = sql.binds();
        for (int i = 0; i < binds.size(); i++) {
            Object value = binds.get(i);
            if (value == null) {
                statement.bindNull(i, Object.class);
            } else {
                statement.bind(i, value);
            }
        }
        return statement;
    }
}
