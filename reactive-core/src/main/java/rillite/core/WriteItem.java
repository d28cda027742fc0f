package rillite.core;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;
import rillite.core.WriteWork.Atomicity;

/** One subscription of a write: the element of the writer's queue, its result, and its subscriber's subscription. */
final class WriteItem<C extends PhysicalConnection, R> extends SubscribedCommand<C, R> {
    final WriteWork<C, R> work;
    private volatile boolean timedOut;
    /** Set when its group failed: it runs again, without a group. */
    boolean replayed;

    private boolean overdue;
    private @Nullable R result;
    private @Nullable Throwable error;

    WriteItem(Session<C> session, WriteWork<C, R> work, CoreSubscriber<? super R> actual) {
        super(session, actual);
        this.work = work;
    }

    @Override
    void stop() {
        interrupt(Interrupts.CANCEL);
    }

    private void interrupt(Interrupts cause) {
        Resource<C> running = resource;
        if (running != null) {
            session.lanes.interrupt(running, this, cause);
        }
    }

    @Override
    void statementTimeout() {
        timedOut = true;
        if (end()) {
            withdraw();
        } else {
            interrupt(Interrupts.DEADLINE);
        }
    }

    @Override
    boolean withdrawn() {
        return timedOut || isCancelled();
    }

    @Override
    void withdraw() {
        super.withdraw();
        if (timedOut && !isCancelled()) {
            fail(timeout(null));
        }
    }

    private LaneTimeoutException timeout(@Nullable Throwable cause) {
        return new LaneTimeoutException(
                session.lanes.name(),
                LaneTimeoutException.Kind.STATEMENT,
                session.statementTimeout(),
                " before " + work.label() + " answered; nothing of it is applied.",
                cause);
    }

    @Override
    void start() {
        LaneException refused = session.refusal();
        if (refused != null) {
            endWith(refused);
            return;
        }
        armLockWait(session.lockWaitTimeout());
        session.label(work.label());
        Lease<C> lease = session.lease;
        if (lease != null) {
            resource = lease.resource;
            armStatementTimer(session.statementTimeout());
            lease.lane.execute(this);
            return;
        }
        armStatementTimer(session.statementTimeout());
        LaneException full = session.lanes.writeLane.offer(this, work.bytes());
        if (full != null) {
            endWith(full);
        }
    }

    /** Runs inside the session's transaction. */
    @Override
    void run(Resource<C> owned) {
        if (!claim()) {
            return;
        }
        Lease<C> lease = session.lease;
        if (!work.readOnly()) {
            owned.spillParked(SnapshotTooOldException.Reason.WRITE);
        }
        Failure failure = execute(owned, inTransaction(owned), work.atomicity() == Atomicity.SAVEPOINT);
        if (lease != null && failure == Failure.TRANSACTION) {
            transactionGone(lease, owned);
        }
        publish();
    }

    /** An interrupted write costs the whole transaction; an interrupt beside open cursors would hit them too. */
    private Interrupts inTransaction(Resource<C> owned) {
        if (!work.readOnly()) {
            return Interrupts.DEADLINE;
        }
        return owned.parked.isEmpty() ? Interrupts.CANCEL : Interrupts.CLOSE;
    }

    private void transactionGone(Lease<C> lease, Resource<C> owned) {
        if (overdue) {
            error = new LaneTimeoutException(
                    session.lanes.name(),
                    LaneTimeoutException.Kind.TRANSACTION_STATEMENT,
                    session.statementTimeout(),
                    " inside transaction " + lease.name + ", which was rolled back. Run the whole transaction again.",
                    error);
        }
        session.transactionGone(lease, owned, error);
    }

    /**
     * Runs the work once inside an open transaction and keeps its outcome; returns what a failure means, or null when it
     * did not fail. {@link Failure#TRANSACTION} means that the transaction must be rolled back, if it is still there.
     */
    @Nullable Failure execute(Resource<C> owned, Interrupts allowed, boolean guarded) {
        C connection = owned.connection;
        result = null;
        error = null;
        overdue = false;
        owned.enter(this, allowed);
        try {
            if (timedOut) {
                overdue = true;
                error = timeout(null);
                return Failure.STATEMENT;
            }
            if (guarded) {
                connection.savepoint();
            }
            result = work.run(connection);
            if (guarded) {
                connection.releaseSavepoint();
            }
            return null;
        } catch (Throwable t) {
            boolean interrupted = owned.exit();
            result = null;
            overdue = timedOut && interrupted;
            error = overdue ? timeout(t) : session.lanes.explain(t, interrupted);
            Failure failure = session.lanes.classify(connection, t, Phase.STATEMENT);
            boolean undone = !guarded || failure == Failure.TRANSACTION || undo(connection);
            return undone && connection.inTransaction() ? failure : Failure.TRANSACTION;
        } finally {
            owned.exit();
        }
    }

    private boolean undo(C connection) {
        try {
            if (connection.inTransaction()) {
                connection.rollbackToSavepoint();
            }
            return true;
        } catch (Throwable t) {
            session.lanes.listener.unexpected("rolling back to a savepoint", t);
            return false;
        }
    }

    /** Runs the work as its own commit. Returns true when it must be tried again because another process holds the lock. */
    boolean executeAlone(Resource<C> owned) {
        C connection = owned.connection;
        result = null;
        error = null;
        Phase phase = Phase.AUTOCOMMIT;
        boolean transaction = work.atomicity() == Atomicity.SAVEPOINT || work.atomicity() == Atomicity.ALONE;
        CommitSent<C> sent = session.lanes.sent(List.of(this));
        owned.enter(this, Interrupts.CANCEL);
        try {
            if (withdrawn()) {
                error = timeout(null);
                return false;
            }
            if (transaction) {
                phase = Phase.BEGIN;
                connection.beginWrite();
                phase = Phase.STATEMENT;
            }
            result = work.run(connection);
            if (transaction) {
                phase = Phase.COMMIT;
                owned.allow(Interrupts.NEVER);
                connection.commit();
            }
            return false;
        } catch (Throwable t) {
            boolean interrupted = owned.exit();
            result = null;
            Failure failure = session.lanes.classify(connection, t, phase);
            if (transaction || connection.inTransaction()) {
                session.lanes.rollback(owned);
            }
            return failedAlone(owned, failure, t, interrupted);
        } finally {
            owned.exit();
            session.lanes.answered(sent);
        }
    }

    private boolean failedAlone(Resource<C> owned, Failure failure, Throwable cause, boolean interrupted) {
        if (failure == Failure.BUSY && !withdrawn()) {
            if (session.lanes.isClosing()) {
                error = session.lanes.closedError();
            } else if (expired(session.lanes.ticker.nanos())) {
                error = lockWaitError(cause);
            } else {
                return true;
            }
        } else if (failure == Failure.UNKNOWN) {
            error = session.lanes.outcomeUnknown(owned, work.label(), 1, cause);
        } else {
            boolean late = timedOut && (interrupted || failure == Failure.BUSY);
            error = late ? timeout(cause) : session.lanes.explain(cause, interrupted);
        }
        return false;
    }

    /** Runs with the writer's ticket on the session's dedicated connection. */
    void runTicket(Lease<C> ticket) {
        Resource<C> owned = ticket.resource;
        owned.spillParked(SnapshotTooOldException.Reason.WRITE);
        if (executeAlone(owned)) {
            session.lanes.later(() -> ticket.lane.execute(new TicketRun<>(this, ticket)));
            return;
        }
        session.lanes.writeLane.release(ticket);
        publish();
    }

    static long jitterNanos() {
        return 2_000_000L + ThreadLocalRandom.current().nextLong(8_000_000L);
    }

    /** Tells that its own deadline stopped it while it ran. */
    boolean isOverdue() {
        return overdue;
    }

    void failWith(Throwable reason) {
        error = reason;
    }

    /** Ends the native side, on the lane, and signals on the emission scheduler. */
    void publish() {
        settle();
        session.lanes.emitter.emit(this::signal);
    }

    /** Lets the session go on. */
    void settle() {
        disarmStatementTimer();
        finished();
        if (error == null) {
            session.lanes.counters.writes.increment();
        }
        session.ended(this);
    }

    /** On the emission scheduler. */
    void signal() {
        Throwable failure = error;
        if (failure != null) {
            tellError(failure);
        } else {
            tellValue(result);
        }
    }
}
