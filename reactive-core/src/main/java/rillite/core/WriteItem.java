package rillite.core;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;
import rillite.core.WriteWork.Atomicity;

/** One subscription of a write: the element of the writer's queue, its result, and its subscriber's subscription. */
final class WriteItem<C extends PhysicalConnection, R> extends Command<C> implements Subscription {
    private final CoreSubscriber<? super R> actual;
    final WriteWork<C, R> work;
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile boolean timedOut;
    /** Set when its group failed: it runs again, without a group. */
    boolean replayed;

    private @Nullable R result;
    private @Nullable Throwable error;

    WriteItem(Session<C> session, WriteWork<C, R> work, CoreSubscriber<? super R> actual) {
        super(session);
        this.work = work;
        this.actual = actual;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && requested.compareAndSet(false, true)) {
            session.submit(this);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        if (!requested.compareAndSet(false, true)) {
            if (end()) {
                disarmStatementTimer();
                session.lanes.writeLane.dropped(this);
                session.ended(this);
            } else {
                interrupt(Interrupts.CANCEL);
            }
        }
    }

    private void interrupt(Interrupts cause) {
        Resource<C> running = resource;
        if (running != null && running.interrupt(this, cause)) {
            session.lanes.counters.interrupts.increment();
        }
    }

    @Override
    void statementTimeout() {
        timedOut = true;
        if (end()) {
            session.lanes.writeLane.dropped(this);
            session.ended(this);
            fail(timeout(null));
        } else {
            interrupt(Interrupts.DEADLINE);
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
    boolean start() {
        LaneException refused = session.refusal(this);
        if (refused != null) {
            refuse(refused);
            return false;
        }
        armLockWait(session.lockWaitTimeout());
        armStatementTimer(session.statementTimeout());
        session.label(work.label());
        Lease<C> lease = session.lease;
        if (lease != null) {
            resource = lease.resource;
            lease.lane.execute(this);
            return true;
        }
        LaneException full = session.lanes.writeLane.offer(this, work.bytes());
        if (full != null) {
            refuse(full);
            return false;
        }
        return true;
    }

    private void refuse(Throwable reason) {
        if (end()) {
            fail(reason);
            session.ended(this);
        }
    }

    /** Runs inside the session's transaction, or, on a dedicated connection, with the writer's ticket in hand. */
    @Override
    void run(Resource<C> owned) {
        if (!claim()) {
            return;
        }
        Lease<C> lease = session.lease;
        if (!work.readOnly()) {
            owned.spillParked(SnapshotTooOldException.Reason.WRITE);
        }
        boolean interruptible = work.readOnly() && owned.parked.isEmpty();
        owned.enter(this, interruptible ? Interrupts.CANCEL : Interrupts.DEADLINE);
        try {
            execute(owned.connection, work.atomicity() == Atomicity.SAVEPOINT);
        } finally {
            owned.exit();
        }
        if (lease != null && error != null && !owned.connection.inTransaction()) {
            transactionGone(lease);
        }
        publish();
    }

    private void transactionGone(Lease<C> lease) {
        if (timedOut) {
            error = new LaneTimeoutException(
                    session.lanes.name(),
                    LaneTimeoutException.Kind.TRANSACTION_STATEMENT,
                    session.statementTimeout(),
                    " inside transaction " + lease.name + ", which was rolled back. Run the whole transaction again.",
                    error);
        }
        session.lease = null;
        lease.stop();
        lease.lane.release(lease);
    }

    /** Runs the work once and keeps its outcome; returns what a failure means, or null when it did not fail. */
    @Nullable
    Failure execute(C connection, boolean guarded) {
        error = null;
        try {
            if (guarded) {
                connection.savepoint();
            }
            result = work.run(connection);
            if (guarded) {
                connection.releaseSavepoint();
            }
            return null;
        } catch (Throwable t) {
            error = timedOut ? timeout(t) : t;
            Failure failure = connection.classify(t, Phase.STATEMENT);
            if (connection.inTransaction() && failure != Failure.TRANSACTION && guarded) {
                undo(connection);
            }
            return connection.inTransaction() ? failure : Failure.TRANSACTION;
        }
    }

    private void undo(C connection) {
        try {
            connection.rollbackToSavepoint();
        } catch (Exception e) {
            session.lanes.options.listener().unexpected("rolling back to a savepoint", e);
        }
    }

    /** Runs the work as its own commit. Returns true when it must be tried again because another process holds the lock. */
    boolean executeAlone(C connection) {
        error = null;
        Phase phase = Phase.AUTOCOMMIT;
        boolean transaction = work.atomicity() == Atomicity.SAVEPOINT || work.atomicity() == Atomicity.ALONE;
        try {
            if (transaction) {
                phase = Phase.BEGIN;
                connection.beginWrite();
                phase = Phase.STATEMENT;
            }
            result = work.run(connection);
            if (transaction) {
                phase = Phase.COMMIT;
                connection.commit();
            }
            return false;
        } catch (Throwable t) {
            Failure failure = connection.classify(t, phase);
            if (transaction || connection.inTransaction()) {
                session.lanes.rollback(connection);
            }
            if (failure == Failure.BUSY && !timedOut && !cancelled) {
                if (!expired(session.lanes.ticker.nanos())) {
                    return true;
                }
                error = lockWaitError(t);
            } else if (failure == Failure.UNKNOWN) {
                error = session.lanes.outcomeUnknown(work.label(), 1, t);
            } else {
                error = timedOut ? timeout(t) : t;
            }
            return false;
        }
    }

    /** Runs with the writer's ticket on the session's dedicated connection. */
    void runTicket(Lease<C> ticket) {
        Resource<C> owned = ticket.resource;
        owned.spillParked(SnapshotTooOldException.Reason.WRITE);
        owned.enter(this, Interrupts.CANCEL);
        boolean again;
        try {
            again = executeAlone(owned.connection);
        } finally {
            owned.exit();
        }
        if (again) {
            session.lanes.later(() -> ticket.lane.execute(new TicketRun<>(this, ticket)));
            return;
        }
        session.lanes.writeLane.release(ticket);
        publish();
    }

    static long jitterNanos() {
        return 2_000_000L + ThreadLocalRandom.current().nextLong(8_000_000L);
    }

    /** Tells that this item met its own deadline while it ran. */
    boolean hasTimedOut() {
        return timedOut && error != null;
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
        state.set(ENDED);
        if (error == null) {
            session.lanes.counters.writes.increment();
        }
        session.ended(this);
    }

    void signal() {
        if (cancelled) {
            return;
        }
        Throwable failure = error;
        R value = result;
        if (failure != null) {
            actual.onError(session.lanes.translate(failure));
        } else if (value == null) {
            actual.onComplete();
        } else {
            actual.onNext(value);
            actual.onComplete();
        }
    }

    @Override
    void fail(Throwable reason) {
        disarmStatementTimer();
        error = reason;
        session.lanes.emitter.emit(this::signal);
    }
}
