package rillite.querysets.migrate.make;

import io.r2dbc.spi.Batch;
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

    private static final int AT_ONCE = 200;

    private final Connection connection;
    private final Texts texts;

    /** A statement that SQLite refused. */
    record Refusal(String sql, R2dbcException error) {}

    private Scratch(Connection connection, Texts texts) {
        this.connection = connection;
        this.texts = texts;
    }

    /** Opens one for the time of the work. */
    static <T> Mono<T> with(Texts texts, Function<Scratch, Mono<T>> work) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> SqliteConnectionFactory.from(SqlFunctions.addTo(
                                SqliteConnectionConfiguration.builder().memory().foreignKeys(false))
                        .build())),
                connections -> Mono.usingWhen(
                        connections.create(),
                        connection -> work.apply(new Scratch(connection, texts)),
                        Connection::close),
                SqliteConnectionFactory::close);
    }

    /** Runs statements in order; gives the one that SQLite refuses, after which no other is run. */
    Mono<Refusal> run(List<String> statements) {
        return Flux.fromIterable(statements)
                .buffer(AT_ONCE)
                .concatMap(some -> together(some).onErrorResume(R2dbcException.class, refused -> oneByOne(some)), 1)
                .next();
    }

    /** In one transaction: where one is refused nobody says which, and all are taken back. */
    private Mono<Refusal> together(List<String> statements) {
        Batch batch = connection.createBatch();
        statements.forEach(batch::add);
        return Flux.from(batch.execute()).concatMap(Result::getRowsUpdated).then(Mono.empty());
    }

    private Mono<Refusal> oneByOne(List<String> statements) {
        return Flux.fromIterable(statements)
                .concatMap(sql -> Flux.from(connection.createStatement(sql).execute())
                        .concatMap(Result::getRowsUpdated)
                        .then(Mono.<Refusal>empty())
                        .onErrorResume(R2dbcException.class, error -> Mono.just(new Refusal(sql, error))))
                .next();
    }

    Mono<SchemaDump> dump() {
        return SchemaDump.read(connection, texts);
    }
}
