package rillite.querysets;

import io.r2dbc.spi.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import rillite.r2dbc.SqliteOutcomeUnknownException;

/**
 * A transaction, or a part of one, that is open for some work. It ends once: whoever ends it first decides how, and the
 * others wait for that end. An end that was begun is not undone by a cancel.
 */
final class Scope {

    private static final AtomicLong SAVEPOINTS = new AtomicLong();

    /** How it ended. */
    enum Outcome {
        COMMITTED,
        ROLLED_BACK,
        /** The answer to COMMIT got lost. */
        UNKNOWN
    }

    private final TransactionTerms terms;
    private final Connection connection;
    private final Bracket bracket;
    private final @Nullable Scope outer;
    private final Session session;
    private final Turns turns = new Turns();
    private final Hooks hooks = new Hooks();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile boolean begun;
    private volatile Outcome outcome = Outcome.ROLLED_BACK;
    private volatile String lastStatement = "";

    private Scope(
            TransactionTerms terms,
            Connection connection,
            Bracket bracket,
            @Nullable Scope outer,
            Statements statements) {
        this.terms = terms;
        this.connection = connection;
        this.bracket = bracket;
        this.outer = outer;
        session = new Session(connection, statements, this, null);
    }

    /** A transaction on a connection; a part of one where the connection comes with a transaction of somebody else. */
    static Scope on(Connection connection, TransactionTerms terms, Statements statements) {
        Bracket bracket = connection.isAutoCommit()
                ? new Bracket.Whole(connection, terms)
                : terms.readOnly() ? new Bracket.Nothing() : new Bracket.Part(connection, savepoint());
        return new Scope(terms, connection, bracket, null, statements);
    }

    /** A part of this transaction that can be taken back alone. */
    Scope part() {
        return new Scope(terms, connection, new Bracket.Part(connection, savepoint()), this, session.statements());
    }

    /** This transaction for work that may only read. */
    Scope reading() {
        return new Scope(terms.reading(), connection, new Bracket.Nothing(), this, session.statements());
    }

    /** Unique in the process: connections are lent by others too, and may carry savepoints of several databases. */
    private static String savepoint() {
        return "rillite_" + SAVEPOINTS.incrementAndGet();
    }

    Session session() {
        return session;
    }

    Connection connection() {
        return connection;
    }

    Turns turns() {
        return turns;
    }

    Hooks hooks() {
        return hooks;
    }

    String name() {
        return terms.name();
    }

    boolean isReadOnly() {
        return terms.readOnly();
    }

    /** Whether it is a transaction of its own that holds the writer, and not a part of one. */
    boolean holdsWriter() {
        return bracket instanceof Bracket.Whole && !isReadOnly();
    }

    /** Whether it is part of a transaction that may write. */
    boolean isWithinWrite() {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.isOpen() && !scope.isReadOnly()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it stands in a transaction that somebody else commits. */
    boolean isLent() {
        return outer == null && !(bracket instanceof Bracket.Whole);
    }

    boolean isOpen() {
        return !ending.get();
    }

    /** Whether this is the other or a part of it. */
    boolean isWithin(Scope other) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope == other) {
                return true;
            }
        }
        return false;
    }

    /**
     * @throws TransactionException statements, or writes, cannot be sent any more, or never could
     */
    void check(boolean write) {
        if (!isOpen()) {
            throw new TransactionException("The transaction \"" + name()
                    + "\" has ended; its statements must be part of the publisher that the function returns to which it"
                    + " was given.");
        }
        if (write && isReadOnly()) {
            throw new TransactionException("Cannot write in the transaction \"" + name()
                    + "\": it is read-only. Write in inTransaction(..), before or after it.");
        }
    }

    void sent(String sql) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            scope.lastStatement = sql;
        }
    }

    String lastStatement() {
        return lastStatement;
    }

    Mono<Void> begin() {
        return Mono.defer(() -> {
            begun = true;
            return bracket.begin();
        });
    }

    /** Ends the work; completes when it has ended, with the error of a commit that failed. */
    Mono<Void> end(boolean commit) {
        return Mono.deferContextual(context -> {
            if (ending.compareAndSet(false, true)) {
                Mono<Void> end =
                        commit ? bracket.commit().onErrorResume(error -> undone().then(Mono.error(error))) : undone();
                end.contextWrite(context).subscribe(nothing -> {}, this::notCommitted, () -> {
                    outcome = commit ? Outcome.COMMITTED : Outcome.ROLLED_BACK;
                    ended.tryEmitEmpty();
                });
            }
            return ended.asMono();
        });
    }

    /** What cannot be rolled back is gone already, and giving the connection back rolls back what is not. */
    private Mono<Void> undone() {
        return begun ? bracket.rollback().onErrorComplete() : Mono.empty();
    }

    private void notCommitted(Throwable error) {
        outcome = error instanceof SqliteOutcomeUnknownException ? Outcome.UNKNOWN : Outcome.ROLLED_BACK;
        ended.tryEmitError(error);
    }

    /** How it ended, once it has. */
    Outcome outcome() {
        return outcome;
    }
}
