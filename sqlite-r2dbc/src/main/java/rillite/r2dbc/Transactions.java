package rillite.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.Session;
import rillite.core.WriteWork;

/** Auto-commit, transactions and savepoints of one connection, and what a statement may do in them. */
final class Transactions {
    private static final Set<IsolationLevel> LEVELS = Set.of(
            IsolationLevel.SERIALIZABLE,
            IsolationLevel.REPEATABLE_READ,
            IsolationLevel.READ_COMMITTED,
            IsolationLevel.READ_UNCOMMITTED,
            SqliteConnection.SNAPSHOT);
    private static final String UNNAMED = "(unnamed)";
    /** PRAGMAs that SQLite ignores, or cannot obey, inside a transaction. */
    private static final Set<String> ONLY_OUTSIDE =
            Set.of("foreign_keys", "journal_mode", "wal_checkpoint", "synchronous");

    private final Session<SqlitePhysical> session;
    private final Engine engine;
    private final SqliteConnectionConfiguration configuration;
    private final Deque<String> savepoints = new ArrayDeque<>(1);
    private volatile boolean autoCommit = true;
    /** Of the transaction that is open; set when one begins. */
    private volatile boolean readOnly;
    /** Whether the transaction begun last was committed; null when none was begun, or its end was told. */
    private volatile @Nullable AtomicBoolean committed;

    Transactions(Session<SqlitePhysical> session, Engine engine, SqliteConnectionConfiguration configuration) {
        this.session = session;
        this.engine = engine;
        this.configuration = configuration;
    }

    static void check(@Nullable IsolationLevel level) {
        if (level == null) {
            throw new IllegalArgumentException("isolationLevel must not be null");
        }
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("Isolation level " + level.asSql()
                    + " is not known; every transaction of SQLite is SERIALIZABLE (permitted: the four standard levels and"
                    + " SNAPSHOT)");
        }
    }

    static void check(@Nullable Duration timeout, String name) {
        if (timeout == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + timeout);
        }
    }

    boolean isAutoCommit() {
        return autoCommit && !session.inTransaction();
    }

    /**
     * Runs a statement in the open transaction, in one that auto-commit being off asks for, or by itself. Which of them is
     * decided at subscription: the statement may have been made before the transaction was begun.
     */
    <T> Flux<T> within(ParsedStatement statement, Publisher<T> run) {
        return Flux.defer(() -> {
            R2dbcException refused = refusal(statement);
            if (refused == null && !session.inTransaction() && autoCommit) {
                refused = refusalOfConnectionFunction(statement);
            }
            if (refused != null) {
                return Mono.error(refused);
            }
            return autoCommit || session.inTransaction() || apart(statement.kind())
                    ? run
                    : begin(null).thenMany(run);
        });
    }

    /** The same for statements that run as one, so that nobody comes between them. */
    <T> Flux<T> within(List<ParsedStatement> statements, Publisher<T> run) {
        return Flux.defer(() -> {
            for (ParsedStatement statement : statements) {
                R2dbcException refused = refusal(statement);
                if (refused != null) {
                    return Mono.error(refused);
                }
            }
            return autoCommit || session.inTransaction() ? run : begin(null).thenMany(run);
        });
    }

    /** What does not start a transaction where auto-commit is off: it could not run in one. */
    private static boolean apart(StatementKind kind) {
        return kind == StatementKind.BARRIER || kind == StatementKind.SERVICE || kind == StatementKind.SESSION;
    }

    /** Whether a PRAGMA of this name means nothing inside a transaction. */
    static boolean isOnlyOutside(String pragma) {
        return ONLY_OUTSIDE.contains(pragma);
    }

    private @Nullable R2dbcException refusal(ParsedStatement statement) {
        R2dbcException moved = engine.refusal();
        if (moved != null) {
            return moved;
        }
        StatementKind kind = statement.kind();
        boolean shared = !configuration.settings().dedicated();
        if (kind == StatementKind.SESSION && shared) {
            return refuse(
                    EngineFault.SHARED_SESSION,
                    statement.refusal()
                            + " needs a connection of its own, and this one shares the engine's connections",
                    statement);
        }
        if (writes(kind) && configuration.mode() == OpenMode.RO) {
            return refuse(EngineFault.READ_ONLY, "The database is open with mode=ro", statement);
        }
        if (session.inTransaction()) {
            if (writes(kind) && readOnly) {
                return refuse(EngineFault.READ_ONLY_TRANSACTION, "The transaction is read-only", statement);
            }
            if (apart(kind) && ONLY_OUTSIDE.contains(statement.name())) {
                return refuse(
                        EngineFault.IN_TRANSACTION,
                        "PRAGMA " + statement.name() + " has no effect inside a transaction",
                        statement);
            }
        } else if (kind == StatementKind.DEFER_FOREIGN_KEYS && shared && autoCommit) {
            return refuse(
                    EngineFault.NO_TRANSACTION,
                    "PRAGMA defer_foreign_keys holds for one transaction, and none is open",
                    statement);
        }
        return null;
    }

    private @Nullable R2dbcException refusalOfConnectionFunction(ParsedStatement statement) {
        String function = statement.connectionFunction();
        if (function == null || configuration.settings().dedicated()) {
            return null;
        }
        return refuse(
                EngineFault.SHARED_SESSION,
                function + "() tells of the connection, which other sessions use between two statements; use"
                        + " returnGeneratedValues, RETURNING, the update count, or a transaction",
                statement);
    }

    private static R2dbcException refuse(EngineFault fault, String why, ParsedStatement statement) {
        return Errors.engine(fault, why, statement.sql(), null);
    }

    private static boolean writes(StatementKind kind) {
        return switch (kind) {
            case DML, DDL, PRAGMA_WRITE, DEFER_FOREIGN_KEYS, BARRIER -> true;
            default -> false;
        };
    }

    Mono<Void> begin(@Nullable TransactionDefinition definition) {
        IsolationLevel level =
                definition == null ? null : definition.getAttribute(TransactionDefinition.ISOLATION_LEVEL);
        if (level != null) {
            check(level);
        }
        boolean read =
                definition != null && Boolean.TRUE.equals(definition.getAttribute(TransactionDefinition.READ_ONLY));
        String name = definition == null ? null : definition.getAttribute(TransactionDefinition.NAME);
        Duration wait = definition == null ? null : definition.getAttribute(TransactionDefinition.LOCK_WAIT_TIMEOUT);
        SqliteTransactionMode mode =
                definition == null ? null : definition.getAttribute(SqliteConnection.TRANSACTION_MODE);
        return begin(
                read || configuration.mode() == OpenMode.RO,
                name == null ? UNNAMED : name,
                wait,
                mode == null ? configuration.transactionMode() : mode);
    }

    private Mono<Void> begin(boolean read, String name, @Nullable Duration wait, SqliteTransactionMode mode) {
        String sql = read ? "BEGIN" : "BEGIN " + mode;
        WriteWork<SqlitePhysical, Boolean> start =
                start(read, (connection, committing) -> connection.begin(sql, committing));
        return Mono.defer(() -> session.inTransaction()
                ? Mono.empty()
                : session.begin(!read, name, wait == null ? session.lockWaitTimeout() : wait, start));
    }

    /** A transaction of its own without foreign keys, until it ends. */
    Mono<Void> beginRebuild() {
        return Mono.defer(() -> {
            R2dbcException refused = engine.refusal();
            if (refused == null && configuration.mode() == OpenMode.RO) {
                refused = Errors.engine(EngineFault.READ_ONLY, "The database is open with mode=ro", null, null);
            }
            if (refused == null && session.inTransaction()) {
                refused = insideOther();
            }
            if (refused != null) {
                return Mono.error(refused);
            }
            AtomicBoolean begun = new AtomicBoolean();
            return session.begin(
                            true, "(rebuild)", session.lockWaitTimeout(), start(false, (connection, committing) -> {
                                connection.beginRebuild("BEGIN " + configuration.transactionMode(), committing);
                                begun.set(true);
                            }))
                    .then(Mono.defer(() -> begun.get() ? Mono.empty() : Mono.error(insideOther())));
        });
    }

    private static R2dbcException insideOther() {
        return Errors.engine(EngineFault.IN_TRANSACTION, "Tables cannot be rebuilt inside a transaction", null, null);
    }

    private WriteWork<SqlitePhysical, Boolean> start(boolean read, BiConsumer<SqlitePhysical, Runnable> begin) {
        return connection -> {
            AtomicBoolean done = new AtomicBoolean();
            begin.accept(connection, () -> done.set(true));
            committed = done;
            readOnly = read;
            synchronized (savepoints) {
                savepoints.clear();
            }
            return Boolean.TRUE;
        };
    }

    /** Completes only if the transaction begun last was committed, or there was none. */
    Mono<Void> commit() {
        return Mono.defer(() -> {
            AtomicBoolean done = committed;
            return session.commit()
                    .doFinally(signal -> forget(done))
                    .then(Mono.defer(() -> done == null || done.get()
                            ? Mono.empty()
                            : Mono.error(Errors.engine(
                                    EngineFault.ENGINE_CLOSED,
                                    "The transaction was rolled back when its session or the engine was closed",
                                    null,
                                    null))));
        });
    }

    Mono<Void> rollback() {
        return Mono.defer(() -> {
            AtomicBoolean done = committed;
            return session.rollback().doFinally(signal -> forget(done));
        });
    }

    private void forget(@Nullable AtomicBoolean ended) {
        if (committed == ended) {
            committed = null;
        }
    }

    Mono<Void> setAutoCommit(boolean wanted) {
        return Mono.defer(() -> {
            if (wanted == isAutoCommit()) {
                return Mono.empty();
            }
            Mono<Void> set = Mono.fromRunnable(() -> autoCommit = wanted);
            return session.inTransaction() ? commit().then(set) : set;
        });
    }

    void reset() {
        autoCommit = true;
    }

    Mono<Void> savepoint(String name) {
        return begin(null).then(exec("SAVEPOINT " + Quoting.backtick(name))).doOnSuccess(done -> {
            synchronized (savepoints) {
                savepoints.push(folded(name));
            }
        });
    }

    Mono<Void> release(String name) {
        return Mono.defer(() -> {
            if (!knows(name)) {
                return Mono.empty();
            }
            return exec("RELEASE " + Quoting.backtick(name)).doOnSuccess(done -> forget(name, true));
        });
    }

    Mono<Void> rollbackTo(String name) {
        return Mono.defer(() -> session.inTransaction()
                ? exec("ROLLBACK TO " + Quoting.backtick(name)).doOnSuccess(done -> forget(name, false))
                : Mono.error(Errors.engine(
                        EngineFault.NO_TRANSACTION, "Savepoint " + Quote.of(name) + " is not set", null, null)));
    }

    private boolean knows(String name) {
        synchronized (savepoints) {
            return session.inTransaction() && savepoints.contains(folded(name));
        }
    }

    /** Savepoints inside this one end with it; itself it survives a rollback to it. */
    private void forget(String name, boolean itself) {
        synchronized (savepoints) {
            Iterator<String> inner = savepoints.iterator();
            while (inner.hasNext()) {
                boolean found = inner.next().equals(folded(name));
                if (!found || itself) {
                    inner.remove();
                }
                if (found) {
                    return;
                }
            }
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private Mono<Void> exec(String sql) {
        return session.write(new InTransaction(sql)).then();
    }

    /**
     * BEGIN, COMMIT, ROLLBACK, savepoints and SET TRANSACTION READ ONLY as SQL text: the state of the session, never text
     * inside a group.
     */
    Mono<Void> control(ParsedStatement statement) {
        return switch (statement.kind()) {
            case BEGIN ->
                begin(
                        false,
                        UNNAMED,
                        null,
                        statement.mode() == BeginMode.EXCLUSIVE
                                ? SqliteTransactionMode.EXCLUSIVE
                                : configuration.transactionMode());
            case COMMIT -> commit();
            case ROLLBACK -> rollback();
            case SAVEPOINT -> savepoint(statement.name());
            case RELEASE -> release(statement.name());
            case ROLLBACK_TO -> rollbackTo(statement.name());
            default ->
                Mono.fromRunnable(() -> {
                    if (session.inTransaction()) {
                        readOnly = true;
                    }
                });
        };
    }

    /** Text for the open transaction; should it have gone meanwhile, nothing of it may reach anybody else's. */
    private record InTransaction(String sql) implements WriteWork<SqlitePhysical, Boolean> {
        @Override
        public Boolean run(SqlitePhysical connection) {
            if (!connection.inTransaction()) {
                throw Errors.engine(EngineFault.NO_TRANSACTION, "The transaction has ended", sql, null);
            }
            connection.exec(sql);
            return Boolean.TRUE;
        }

        @Override
        public Atomicity atomicity() {
            return Atomicity.BARRIER;
        }

        @Override
        public String label() {
            return sql;
        }
    }
}
