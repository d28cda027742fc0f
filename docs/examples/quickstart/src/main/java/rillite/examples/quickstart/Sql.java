package rillite.examples.quickstart;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Statement;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The few lines everybody writes around the R2DBC SPI. */
final class Sql {

    private Sql() {}

    /**
     * @param options in URL form, for example {@code mode=ro}; empty for the defaults
     */
    static ConnectionFactory open(Path file, String options) {
        String path = file.toAbsolutePath().toUri().getRawPath();
        return ConnectionFactories.get("r2dbc:sqlite:file:///" + path + (options.isEmpty() ? "" : "?" + options));
    }

    /** Uses a connection of its own for the work and closes it on completion, error and cancel. */
    static <T> Flux<T> on(ConnectionFactory factory, Function<Connection, Publisher<T>> work) {
        return Flux.usingWhen(factory.create(), work, Connection::close);
    }

    static <T> Flux<T> query(
            Connection connection, String sql, BiFunction<Row, RowMetadata, T> mapper, Object... binds) {
        return Mono.fromDirect(bound(connection, sql, binds).execute()).flatMapMany(result -> result.map(mapper));
    }

    static Mono<Long> update(Connection connection, String sql, Object... binds) {
        return Flux.from(bound(connection, sql, binds).execute())
                .concatMap(Result::getRowsUpdated)
                .reduce(0L, Long::sum);
    }

    static Mono<Void> close(ConnectionFactory factory) {
        return factory instanceof Closeable closeable ? Mono.from(closeable.close()) : Mono.empty();
    }

    private static Statement bound(Connection connection, String sql, Object... binds) {
        Statement statement = connection.createStatement(sql);
        for (int i = 0; i < binds.length; i++) {
            statement.bind(i, binds[i]);
        }
        return statement;
    }
}
