package rillite.r2dbc;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
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

    private final Session<SqlitePhysical> session;
    private final SqliteConnectionConfiguration configuration;
    private final Deque<String> savepoints = new ArrayDeque<>();
    private volatile boolean autoCommit = true;
    private volatile boolean autoCommitAfter = true;
    private volatile boolean readOnly;

    Transactions(Session<SqlitePhysical> session, SqliteConnectionConfiguration configuration) {
        this.session = session;
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

    /** Runs a statement in the open transaction, in one that auto-commit being off asks for, or by itself. */
    <T> Flux<T> within(ParsedStatement statement, Publisher<T> run) {
        String refusal = statement.refusal();
        if (statement.kind() == StatementKind.SESSION && configuration.session() != SessionKind.DEDICATED) {
            return Flux.error(() -> Errors.engine(
                    EngineFault.SHARED_SESSION,
                    refusal + " needs a connection of its own, and this one shares the engine's connections",
                    statement.sql(),
                    null));
        }
        if (configuration.mode() == OpenMode.RO && writes(statement.kind())) {
            return Flux.error(() -> Errors.engine(
                    EngineFault.READ_ONLY, "The database is open with mode=ro", statement.sql(), null));
        }
        if (autoCommit) {
            return readOnly || statement.kind() == StatementKind.DEFER_FOREIGN_KEYS
                    ? Flux.defer(() -> checked(statement, run))
                    : Flux.from(run);
        }
        return Flux.defer(() -> session.inTransaction() || statement.kind() == StatementKind.BARRIER
                ? checked(statement, run)
                : begin(null).thenMany(run));
    }

    private <T> Publisher<T> checked(ParsedStatement statement, Publisher<T> run) {
        if (readOnly && session.inTransaction() && writes(statement.kind())) {
            return Mono.error(Errors.engine(
                    EngineFault.READ_ONLY_TRANSACTION, "The transaction is read-only", statement.sql(), null));
        }
        return run;
    }

    private static boolean writes(StatementKind kind) {
        return switch (kind) {
            case DML, DDL, PRAGMA_WRITE, DEFER_FOREIGN_KEYS, BARRIER -> true;
            default -> false;
        };
    }

    Mono<Void> begin(@Nullable TransactionDefinition definition) {
        IsolationLevel level = definition == null ? null : definition.getAttribute(TransactionDefinition.ISOLATION_LEVEL);
        if (level != null) {
            check(level);
        }
        boolean read = definition != null
                && Boolean.TRUE.equals(definition.getAttribute(TransactionDefinition.READ_ONLY));
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
        WriteWork<SqlitePhysical, Boolean> start = connection -> {
            connection.begin(sql);
            return Boolean.TRUE;
        };
        return Mono.defer(() -> {
            if (session.inTransaction()) {
                return Mono.empty();
            }
            Duration bound = wait == null ? session.lockWaitTimeout() : wait;
            return session.begin(!read, name, bound, start).doOnSuccess(done -> {
                savepoints.clear();
                readOnly = read;
                autoCommitAfter = autoCommit;
                autoCommit = false;
            });
        });
    }

    Mono<Void> commit() {
        return end(session.commit());
    }

    Mono<Void> rollback() {
        return end(session.rollback());
    }

    private Mono<Void> end(Mono<Void> end) {
        return Mono.defer(() -> {
            boolean open = session.inTransaction() || !autoCommit;
            return open ? end.doFinally(signal -> ended()) : end;
        });
    }

    /** However a transaction ended, the next statement starts from the mode that was set before it. */
    private void ended() {
        savepoints.clear();
        readOnly = false;
        autoCommit = autoCommitAfter;
    }

    Mono<Void> setAutoCommit(boolean wanted) {
        return Mono.defer(() -> {
            if (wanted == isAutoCommit()) {
                return Mono.empty();
            }
            Mono<Void> set = Mono.fromRunnable(() -> {
                autoCommit = wanted;
                autoCommitAfter = wanted;
            });
            return session.inTransaction() ? commit().then(set) : set;
        });
    }

    void reset() {
        savepoints.clear();
        readOnly = false;
        autoCommit = true;
        autoCommitAfter = true;
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
        return Mono.defer(() -> exec("ROLLBACK TO " + Quoting.backtick(name))
                .doOnSuccess(done -> forget(name, false)));
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
        WriteWork<SqlitePhysical, Boolean> work = connection -> {
            connection.exec(sql);
            return Boolean.TRUE;
        };
        return session.write(work).then();
    }

    /** BEGIN, COMMIT, ROLLBACK and savepoints as SQL text: the state of the session, never text inside a group. */
    Mono<Void> control(ParsedStatement statement) {
        return switch (statement.kind()) {
            case BEGIN -> begin(
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
            default -> Mono.empty();
        };
    }
}
