package rillite.querysets.migrate.make;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.SqlFunctions;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/** A database in memory, in which schemas are tried out. */
final class Scratch {

    private final Connection connection;

    /** A statement that SQLite refused. */
    record Refusal(String sql, R2dbcException error) {}

    private Scratch(Connection connection) {
        this.connection = connection;
    }

    /** Opens one for the time of the work. */
    static <T> Mono<T> with(Function<Scratch, Mono<T>> work) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> SqliteConnectionFactory.from(SqlFunctions.addTo(
                                SqliteConnectionConfiguration.builder().memory().foreignKeys(false))
                        .build())),
                connections -> Mono.usingWhen(
                        connections.create(), connection -> work.apply(new Scratch(connection)), Connection::close),
                SqliteConnectionFactory::close);
    }

    /** Runs statements one by one; gives the one that SQLite refuses, after which no other is run. */
    Mono<Refusal> run(List<String> statements) {
        return Flux.fromIterable(statements)
                .concatMap(sql -> Flux.from(connection.createStatement(sql).execute())
                        .concatMap(Result::getRowsUpdated)
                        .then(Mono.<Refusal>empty())
                        .onErrorResume(R2dbcException.class, error -> Mono.just(new Refusal(sql, error))))
                .next();
    }

    Mono<SchemaDump> dump() {
        return SchemaDump.read(connection);
    }
}
