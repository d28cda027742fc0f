package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcBadGrammarException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.SqlText;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.SchemaReader;

/**
 * Keeps the schema of one file and notices that it changed.
 *
 * <p>A statement that works pays for a look at the clock. Once per interval the end of a statement starts a look at
 * SQLite's {@code schema_version} on a connection of its own, and a statement that fails because a name is missing starts
 * one at once. Only a changed version reads the schema again.
 */
final class SchemaWatch {

    private final ConnectionFactory connections;
    private final RelationNames names;
    private final long intervalNanos;
    private final AtomicLong nextLook;
    private final AtomicLong readings = new AtomicLong();
    private final AtomicReference<@Nullable Mono<Catalog>> running = new AtomicReference<>();
    private volatile State state;

    /** What is known; {@code reading} is the number of the reading it comes from. */
    private record State(Catalog catalog, long reading, List<Missing> missing) {}

    private SchemaWatch(ConnectionFactory connections, RelationNames names, Duration interval, Schema schema) {
        this.connections = connections;
        this.names = names;
        intervalNanos = interval.toNanos();
        nextLook = new AtomicLong(System.nanoTime() + intervalNanos);
        state = new State(new Catalog(schema), 0, List.of());
    }

    /** Reads the schema; an interval of zero never looks by itself. */
    static Mono<SchemaWatch> start(ConnectionFactory connections, DatabaseOptions options) {
        RelationNames names = options.relationNames();
        return read(connections, names)
                .map(schema -> new SchemaWatch(connections, names, options.schemaCheck(), schema));
    }

    private static Mono<Schema> read(ConnectionFactory connections, RelationNames names) {
        return Mono.usingWhen(
                connections.create(), connection -> SchemaReader.read(connection, names), Connection::close);
    }

    Catalog catalog() {
        return state.catalog;
    }

    /** Reads the schema again, whatever its version. */
    Mono<Catalog> refresh() {
        return Mono.defer(() -> {
            long reading = readings.incrementAndGet();
            return read(connections, names.forgiving()).map(schema -> learn(schema, reading));
        });
    }

    /** A reading that began later knows more, whichever ends first. */
    private synchronized Catalog learn(Schema schema, long reading) {
        if (reading > state.reading) {
            Schema known = state.catalog.schema();
            Catalog catalog = new Catalog(schema.keeping(known));
            state = new State(catalog, reading, Missing.after(state.missing, known, catalog.schema()));
        }
        return state.catalog;
    }

    /** The same rows of a statement; at their end, or when a name is missing, the schema may be looked at. */
    <T> Flux<T> watching(Flux<T> rows, Supplier<SqlText> sql) {
        return Flux.defer(() -> {
            Catalog before = catalog();
            return rows.doOnComplete(this::lookNowAndThen).onErrorResume(error -> explain(error, sql, before));
        });
    }

    private void lookNowAndThen() {
        long due = nextLook.get();
        long now = System.nanoTime();
        if (intervalNanos > 0 && now - due >= 0 && nextLook.compareAndSet(due, now + intervalNanos)) {
            // Nobody waits for this; what it cannot find out now, the next look will.
            look().subscribe(known -> {}, ignored -> {});
        }
    }

    private <T> Mono<T> explain(Throwable error, Supplier<SqlText> sql, Catalog before) {
        return isAboutNames(error)
                ? look().onErrorComplete().then(Mono.error(() -> explained(error, sql.get(), before)))
                : Mono.error(error);
    }

    private Throwable explained(Throwable error, SqlText sql, Catalog before) {
        State now = state;
        SchemaChangedException changed = Missing.explain(now.missing, sql.sql(), now.catalog.schema(), error);
        if (changed != null) {
            return changed;
        }
        return now.catalog == before ? error : Errors.schemaChanging(error);
    }

    private static boolean isAboutNames(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return error instanceof R2dbcBadGrammarException
                || message.contains("no such ")
                || message.contains(" has no column named ")
                || message.contains("schema has changed");
    }

    private Mono<Catalog> look() {
        return Mono.usingWhen(connections.create(), SchemaReader::version, Connection::close)
                .flatMap(this::upTo);
    }

    /** Many statements may fail at once: they share one reading, unless it began too early. */
    private Mono<Catalog> upTo(int version) {
        if (catalog().schema().version() == version) {
            return Mono.just(catalog());
        }
        Mono<Catalog> mine = refresh().doFinally(end -> running.set(null)).cache();
        Mono<Catalog> shared =
                running.compareAndSet(null, mine) ? mine : Objects.requireNonNullElse(running.get(), mine);
        return shared.flatMap(known -> known.schema().version() == version ? Mono.just(known) : refresh());
    }
}
