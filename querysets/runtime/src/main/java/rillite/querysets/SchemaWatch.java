package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcBadGrammarException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.schema.ForeignKey.Action;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.SchemaReader;

/**
 * Keeps the schema of one file and notices that it changed.
 *
 * <p>A statement that works pays for a look at the clock. Once per interval the end of a statement starts a look at
 * SQLite's {@code schema_version} on a connection of its own; a statement that fails because a name is missing, and one
 * that changes the schema itself, do so at once. Only a changed version reads the schema again.
 */
final class SchemaWatch {

    private static final List<String> CHANGES = List.of("CREATE", "ALTER", "DROP");
    private static final long EAGER_NANOS = 1_000_000_000;

    private final ConnectionSource source;
    private final RelationNames names;
    private final Map<String, Action> onDelete;
    private final KnownFunctions functions;
    private final long intervalNanos;
    private final AtomicLong nextLook;
    private final AtomicLong readings = new AtomicLong();
    private final AtomicReference<@Nullable Mono<Catalog>> running = new AtomicReference<>();
    private volatile State state;
    /** The SQL of errors that somebody still holds. */
    private final Map<Throwable, String> failures = new WeakHashMap<>();

    private volatile boolean eager;
    private volatile long eagerUntil;

    /** What is known; {@code reading} is the number of the reading it comes from. */
    private record State(Catalog catalog, long reading, List<Missing> missing) {}

    private SchemaWatch(ConnectionSource source, DatabaseOptions options, Schema schema) {
        functions = new KnownFunctions(schema.functions());
        this.source = source;
        names = options.relationNames();
        onDelete = options.onDelete();
        intervalNanos = options.schemaCheck().toNanos();
        nextLook = new AtomicLong(System.nanoTime() + intervalNanos);
        state = new State(new Catalog(schema, onDelete), 0, List.of());
    }

    /** Reads the schema; an interval of zero never looks by itself. */
    static Mono<SchemaWatch> start(ConnectionFactory connections, ConnectionSource source, DatabaseOptions options) {
        RelationNames names = options.relationNames();
        return Mono.usingWhen(
                        connections.create(), connection -> SchemaReader.read(connection, names), Connection::close)
                .doOnNext(SchemaWatch::report)
                .map(schema -> new SchemaWatch(source, options, schema));
    }

    private static void report(Schema schema) {
        List<String> notes = schema.notes();
        if (!notes.isEmpty()) {
            // Names come from the file: they must not look like lines of a log.
            Log.of(Database.class)
                    .log(
                            System.Logger.Level.INFO,
                            "{0} notes on the schema, see Database.schema().notes(). The first: {1}",
                            notes.size(),
                            notes.get(0).replaceAll("\\p{Cntrl}", " "));
        }
    }

    /** The functions of the connections beyond those of SQLite. */
    KnownFunctions functions() {
        return functions;
    }

    Catalog catalog() {
        return state.catalog;
    }

    /** Reads the schema again, whatever its version. */
    Mono<Catalog> refresh() {
        return Mono.defer(() -> {
            long reading = readings.incrementAndGet();
            return with(connection -> SchemaReader.read(connection, names.forgiving()))
                    .map(schema -> learn(schema, reading));
        });
    }

    /** A reading that began later knows more, whichever ends first. */
    private synchronized Catalog learn(Schema schema, long reading) {
        if (reading > state.reading) {
            Schema known = state.catalog.schema();
            Catalog catalog = state.catalog.followedBy(schema.keeping(known), onDelete);
            state = new State(catalog, reading, Missing.after(state.missing, known, catalog.schema()));
        }
        return state.catalog;
    }

    /** The same rows; at their end, or when a name is missing, the schema may be looked at. */
    <T> Flux<T> watching(Flux<T> rows, Function<Throwable, String> sql) {
        return new WatchedRows<>(this, rows, sql);
    }

    /** The same for several statements, whose errors were told to {@link #failed}. */
    <T> Flux<T> watching(Flux<T> rows) {
        return watching(rows, error -> {
            synchronized (failures) {
                return failures.getOrDefault(error, "");
            }
        });
    }

    /** Told of every statement of a transaction that failed. */
    void failed(String sql, Throwable error) {
        if (isAboutNames(error)) {
            synchronized (failures) {
                failures.put(error, sql);
            }
        }
    }

    /** Told of every statement of this database. */
    void sent(String sql) {
        if (CHANGES.contains(FirstWord.of(sql))) {
            eagerUntil = System.nanoTime() + EAGER_NANOS;
            eager = true;
        }
    }

    /**
     * What the end of a statement waits for: after a change of our own, that what comes next knows it. Null for nothing.
     *
     * @param now the time, by {@link System#nanoTime}
     */
    @Nullable Mono<?> atTheEnd(long now) {
        if (!eager) {
            lookNowAndThen(now);
            return null;
        }
        return Mono.defer(() -> {
            Catalog before = catalog();
            return look().onErrorComplete()
                    .doOnNext(known -> eager = known == before && System.nanoTime() - eagerUntil < 0);
        });
    }

    private void lookNowAndThen(long now) {
        long due = nextLook.get();
        if (intervalNanos > 0 && now - due >= 0 && nextLook.compareAndSet(due, now + intervalNanos)) {
            // Nobody waits for this; what it cannot find out now, the next look will.
            look().subscribe(known -> {}, ignored -> {});
        }
    }

    /** Whether an error may be one of a schema that changed. */
    boolean explains(Throwable error) {
        return isAboutNames(error);
    }

    /** Looks at the schema, then ends with the error or a clearer one. */
    Mono<?> explain(Throwable error, Function<Throwable, String> sql, Catalog before) {
        return look().onErrorComplete().then(Mono.error(() -> explained(error, sql.apply(error), before)));
    }

    private Throwable explained(Throwable error, String sql, Catalog before) {
        State now = state;
        SchemaChangedException changed = Missing.explain(now.missing, sql, now.catalog.schema(), error);
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
        return with(SchemaReader::version).flatMap(this::upTo);
    }

    private <T> Mono<T> with(Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(source.acquire(), work, source::release);
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
