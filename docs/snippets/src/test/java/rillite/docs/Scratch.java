package rillite.docs;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.nio.file.Path;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteConnectionFactory;

/** What the tests of the pages share: a database of a test, SQL run on it, and waiting with a bound. */
final class Scratch {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Scratch() {}

    /** A factory of a new file in the folder; options are {@code name=value}. */
    static SqliteConnectionFactory in(Path folder, String... options) {
        String query = options.length == 0 ? "" : "?" + String.join("&", options);
        return SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + folder.resolve("app.db") + query);
    }

    /** A factory whose database has {@code item(id, name)} with so many rows. */
    static SqliteConnectionFactory items(Path folder, int rows, String... options) {
        SqliteConnectionFactory connections = in(folder, options);
        run(connections, "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        run(
                connections,
                "INSERT INTO item WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < " + rows
                        + ") SELECT v, 'item ' || v FROM n LIMIT " + rows);
        return connections;
    }

    static void run(ConnectionFactory connections, String... statements) {
        for (String sql : statements) {
            await(Flux.usingWhen(
                    connections.create(),
                    connection ->
                            Flux.from(connection.createStatement(sql).execute()).concatMap(Result::getRowsUpdated),
                    Connection::close));
        }
    }

    /** The first column of the only row. */
    static <T> T value(ConnectionFactory connections, Class<T> type, String sql) {
        return Flux.usingWhen(
                        connections.create(),
                        connection -> Flux.from(connection.createStatement(sql).execute())
                                .concatMap(result -> result.map((row, metadata) -> row.get(0, type))),
                        Connection::close)
                .single()
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    static void await(Flux<?> flux) {
        flux.then().block(LIMIT);
    }

    static <T> T await(Mono<T> mono) {
        return mono.blockOptional(LIMIT).orElseThrow();
    }

    static void close(SqliteConnectionFactory connections) {
        connections.close().block(LIMIT);
    }
}
