package rillite.r2dbc;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Row;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.LaneStats;

/**
 * Gives connections to one SQLite database. Nothing is opened before the first connection is requested; then the engine of
 * the database is opened, or joined if another factory of this JVM has it open, and kept until {@link #close()}.
 *
 * <p>Connections are light sessions over the engine's few physical connections: creating one costs about as much as an
 * object, so that no pool is needed. Safe to share.
 */
public final class SqliteConnectionFactory
        implements ConnectionFactory,
                Closeable,
                SqliteStatistics,
                SqliteFeatures,
                SqliteBulk,
                SqliteBackup,
                SqliteChanges,
                SqliteRebuild,
                SqliteReads {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnectionFactory.class);
    private static final Cleaner CLEANER = Cleaner.create();
    private static final ConnectionFactoryMetadata METADATA = () -> SqliteConnectionMetadata.PRODUCT;

    private final SqliteConnectionConfiguration configuration;
    private final State state;

    private SqliteConnectionFactory(SqliteConnectionConfiguration configuration) {
        this.configuration = configuration;
        this.state = new State(configuration);
        CLEANER.register(this, state::collected);
    }

    /** Returns a factory for the database the configuration names; opens nothing. */
    public static SqliteConnectionFactory from(SqliteConnectionConfiguration configuration) {
        if (configuration == null) {
            throw new IllegalArgumentException("configuration must not be null");
        }
        return new SqliteConnectionFactory(configuration);
    }

    /**
     * Returns a factory for a URL, in all forms of {@link SqliteConnectionConfiguration#fromUrl(String)}.
     *
     * @throws IllegalArgumentException if the URL or one of its options is not permitted
     */
    public static SqliteConnectionFactory fromUrl(String url) {
        return from(SqliteConnectionConfiguration.fromUrl(url));
    }

    /**
     * Gives one connection. Opening starts at request, on a thread of the driver; the connection arrives on the emission
     * scheduler, or on the requesting thread when the engine is open already. Cancelling releases what was made.
     */
    @Override
    public Mono<Connection> create() {
        return new ConnectionMono(configuration, this::engine, Mono.defer(state::acquire));
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return METADATA;
    }

    /** Returns what this factory was made from. */
    public SqliteConnectionConfiguration configuration() {
        return configuration;
    }

    /**
     * Gives the engine back; the last factory of a database closes it, within about two seconds: queued commands fail,
     * running reads are interrupted, transactions are rolled back. Closing again completes at once; a connection requested
     * afterwards is refused with 08003, so that nobody opens the database again unawares: make a new factory for that.
     */
    @Override
    public Mono<Void> close() {
        return Mono.defer(state::release);
    }

    /** Returns the figures of the open engine; an IllegalStateException before the first connection. */
    @Override
    public LaneStats statistics() {
        return opened().statistics();
    }

    /** Returns the totals of the open engine; an IllegalStateException before the first connection. */
    @Override
    public SqliteTotals totals() {
        return opened().counters().totals();
    }

    private Engine opened() {
        Engine open = state.engine();
        if (open == null) {
            throw new IllegalStateException(
                    "The database " + configuration.location() + " is not open; request a connection first");
        }
        return open;
    }

    /** Returns the changes of the database; subscribing opens it where it is not open yet. */
    @Override
    public Flux<SqliteChange> changes() {
        return Flux.defer(() -> {
            Engine open = state.engine();
            return open != null ? open.changeFeed() : state.acquire().flatMapMany(Engine::changeFeed);
        });
    }

    @Override
    public long walBytes() {
        Engine open = state.engine();
        return open == null ? 0 : open.walBytes();
    }

    @Override
    public <T> Flux<T> read(
            String sql,
            List<? extends @Nullable Object> values,
            int fetchSize,
            Function<? super Row, ? extends T> mapping) {
        return new ReadFlux<>(this, sql, values, fetchSize, mapping);
    }

    /** Imports on a connection of its own. */
    @Override
    public BulkRun insert(String sql, Publisher<? extends Object[]> rows, BulkOptions options) {
        return new BulkImport(create().cast(SqliteConnection.class), true, ParsedSql.of(sql), rows, options);
    }

    @Override
    public Mono<Void> backup(Path target) {
        return Mono.usingWhen(
                create().cast(SqliteConnection.class), open -> open.backup(target), SqliteConnection::close);
    }

    /** Rebuilds on a connection of its own. */
    @Override
    public <T> Mono<T> rebuildSession(Function<? super Connection, ? extends Mono<T>> work) {
        return Mono.usingWhen(
                create().cast(SqliteConnection.class), open -> open.rebuildSession(work), SqliteConnection::close);
    }

    @Override
    public String jdbcUrl() {
        Engine open = state.engine();
        Path path = configuration.location().path();
        return open != null ? open.jdbcUrl() : path == null ? "" : "jdbc:sqlite:" + path.toAbsolutePath();
    }

    /** Returns the open engine, or null. */
    @Nullable Engine engine() {
        return state.engine();
    }

    @Override
    public String toString() {
        return "SqliteConnectionFactory{" + configuration + "}";
    }

    /** The part that outlives the factory, for the leak warning. */
    private static final class State {
        private final SqliteConnectionConfiguration configuration;
        private final AtomicReference<@Nullable Opening> opening = new AtomicReference<>();
        private final AtomicReference<@Nullable Engine> engine = new AtomicReference<>();

        private volatile boolean closed;

        State(SqliteConnectionConfiguration configuration) {
            this.configuration = configuration;
        }

        @Nullable Engine engine() {
            return engine.get();
        }

        /** Opens once, whoever asks first; a failure is forgotten, so that the next one tries again. */
        Mono<Engine> acquire() {
            if (closed) {
                return Mono.error(() -> Errors.engine(
                        EngineFault.ENGINE_CLOSED,
                        "The connection factory of " + configuration.location() + " is closed",
                        null,
                        null));
            }
            Opening running = opening.get();
            if (running != null) {
                return running.engine;
            }
            Opening started = new Opening(this);
            return opening.compareAndSet(null, started) ? started.engine : acquire();
        }

        /** Gives the engine back; one that is being opened, as soon as it is there. */
        Mono<Void> release() {
            closed = true;
            Opening running = opening.getAndSet(null);
            Engine open = engine.getAndSet(null);
            if (open != null) {
                return EngineRegistry.release(open);
            }
            return running == null
                    ? Mono.empty()
                    : running.engine.flatMap(late -> release()).onErrorComplete();
        }

        void collected() {
            if (engine.get() != null) {
                LOG.warn(
                        "A SqliteConnectionFactory of {} was garbage collected without close(); its engine stays open",
                        configuration.location());
            }
        }
    }

    /** One attempt to open the database, shared by all who ask while it lasts. */
    private static final class Opening {
        private final Mono<Engine> engine;

        Opening(State state) {
            this.engine = timed(EngineRegistry.acquire(state.configuration, state.engine::set), state.configuration)
                    .doOnError(error -> state.opening.compareAndSet(this, null))
                    .cache();
        }

        private static Mono<Engine> timed(Mono<Engine> opening, SqliteConnectionConfiguration configuration) {
            Duration bound = configuration.connectTimeout();
            if (bound.isZero()) {
                return opening;
            }
            return opening.timeout(
                    bound,
                    Mono.error(() -> Errors.engine(
                            EngineFault.CONNECT_TIMEOUT,
                            "Opening " + configuration.location() + " took longer than connectTimeout ("
                                    + bound.toMillis() + " ms)",
                            null,
                            null)));
        }
    }
}
