package rillite.auth;

import io.r2dbc.spi.R2dbcBadGrammarException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.Row;
import rillite.querysets.Transaction;

/** What the parts of a store share. Statements are sent when subscribed to, in the transaction of the subscriber. */
final class Store {

    private final Database database;
    private final AuthOptions options;
    private final Durability durability;

    Store(Database database, AuthOptions options) {
        this(database, options, new Durability());
    }

    private Store(Database database, AuthOptions options, Durability durability) {
        this.database = database;
        this.options = options;
        this.durability = durability;
    }

    /** The same, in that transaction. */
    Store in(Transaction transaction) {
        return new Store(transaction.database(), options, durability);
    }

    /** Warns, once, when commits do not wait for the disk. */
    Mono<Void> durable() {
        return durability.look(database);
    }

    Database database() {
        return database;
    }

    AuthOptions options() {
        return options;
    }

    /** Milliseconds since 1970. */
    long now() {
        return options.clock().millis();
    }

    Instant instant() {
        return Instant.ofEpochMilli(now());
    }

    /** The rows that a statement gives; those of a write arrive after its commit. */
    Flux<Row> rows(String sql, @Nullable Object... values) {
        return Flux.defer(() -> {
                    Flux<Row> rows = database.sql(sql, values).values().flux();
                    return durability.isKnown() ? rows : durable().thenMany(rows);
                })
                .onErrorMap(R2dbcBadGrammarException.class, AuthErrors::otherTables);
    }

    /** The row that a statement gives, empty when there is none. */
    Mono<Row> row(String sql, @Nullable Object... values) {
        return rows(sql, values).singleOrEmpty();
    }

    /** The number of rows that a write changed. */
    Mono<Long> change(String sql, @Nullable Object... values) {
        return Mono.defer(() -> {
                    Mono<Long> change = database.sql(sql, values).execute();
                    return durability.isKnown() ? change : durable().then(change);
                })
                .onErrorMap(R2dbcBadGrammarException.class, AuthErrors::otherTables);
    }

    /** Whether a write changed a row. */
    Mono<Boolean> changes(String sql, @Nullable Object... values) {
        return change(sql, values).map(rows -> rows > 0);
    }

    /** Several statements that happen together or not at all; what they give arrives after the commit. */
    <T> Mono<T> together(Supplier<Mono<T>> work) {
        return database.inTransaction(transaction -> Mono.defer(work)).singleOrEmpty();
    }
}
