package rillite.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Sinks;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;

/** Ends the session's transaction, if there is one, and gives its lease back, whatever happens. */
final class EndCommand<C extends PhysicalConnection> extends VoidCommand<C> {
    private final Kind kind;
    private final @Nullable Lease<C> target;
    private final @Nullable LaneException reason;
    private final Sinks.@Nullable Empty<Void> closed;

    private EndCommand(
            Session<C> session,
            @Nullable CoreSubscriber<? super Void> actual,
            Kind kind,
            @Nullable Lease<C> target,
            @Nullable LaneException reason,
            Sinks.@Nullable Empty<Void> closed) {
        super(session, actual);
        this.kind = kind;
        this.target = target;
        this.reason = reason;
        this.closed = closed;
    }

    /** Commits or rolls back for a subscriber. */
    EndCommand(Session<C> session, CoreSubscriber<? super Void> actual, Kind kind) {
        this(session, actual, kind, null, null, null);
    }

    /** Rolls this one lease back, if it is still the session's, because nobody uses it any more. */
    static <C extends PhysicalConnection> EndCommand<C> expire(Lease<C> target, @Nullable LaneException reason) {
        return new EndCommand<>(target.session, null, Kind.EXPIRE, target, reason, null);
    }

    /** Rolls back, gives the session's own connection back too, and tells the sink. */
    static <C extends PhysicalConnection> EndCommand<C> close(Session<C> session, Sinks.Empty<Void> closed) {
        return new EndCommand<>(session, null, Kind.CLOSE, null, null, closed);
    }

    @Override
    boolean bounded() {
        return false;
    }

    @Override
    boolean droppable() {
        return kind == Kind.COMMIT;
    }

    @Override
    void start() {
        Lease<C> lease = session.lease;
        if (lease != null && (target == null || target == lease)) {
            armLockWait(session.lockWaitTimeout());
            resource = lease.resource;
            lease.lane.execute(this);
            return;
        }
        Resource<C> own = session.dedicated;
        if (kind == Kind.CLOSE && own != null) {
            resource = own;
            session.lanes.readLane().execute(this);
            return;
        }
        LaneException lost = kind == Kind.EXPIRE ? null : session.takeLost();
        endNow(kind == Kind.COMMIT ? lost : null);
    }

    @Override
    void run(Resource<C> owned) {
        if (!claim()) {
            return;
        }
        Lease<C> lease = session.lease;
        Throwable error = null;
        if (lease != null) {
            owned.spillParked(SnapshotTooOldException.Reason.WRITE);
            owned.enter(this, Interrupts.NEVER);
            try {
                error = kind == Kind.COMMIT ? commit(owned) : rollback(owned);
            } catch (TryAgain busy) {
                unclaim();
                if (withdrawn() && end()) {
                    withdraw();
                } else {
                    session.lanes.later(() -> lease.lane.execute(this));
                }
                return;
            } finally {
                owned.exit();
            }
            session.lease = null;
            lease.stop();
            lease.lane.release(lease);
            if (reason != null) {
                session.lost(reason, false);
            }
        }
        Resource<C> own = session.dedicated;
        if (kind == Kind.CLOSE && own != null) {
            session.dedicated = null;
            own.abortParked(session.closedError());
            own.close(session.lanes.listener);
        }
        endRun(error);
    }

    private @Nullable Throwable commit(Resource<C> owned) throws TryAgain {
        C connection = owned.connection;
        Lanes<C> lanes = session.lanes;
        CommitSent<C> sent = lanes.sent(List.of(this));
        try {
            connection.commit();
            lanes.counters.writes.increment();
            return null;
        } catch (Throwable t) {
            Failure failure = lanes.classify(connection, t, Phase.COMMIT);
            boolean late = expired(lanes.ticker.nanos());
            if (failure == Failure.BUSY && connection.inTransaction() && !late && !lanes.isClosing()) {
                throw new TryAgain();
            }
            lanes.rollback(owned);
            return switch (failure) {
                case BUSY -> late ? lockWaitError(t) : lanes.closedError();
                case UNKNOWN -> lanes.outcomeUnknown(owned, "a transaction", 1, t);
                default -> t;
            };
        } finally {
            lanes.answered(sent);
        }
    }

    private @Nullable Throwable rollback(Resource<C> owned) {
        Throwable error = session.lanes.rollback(owned);
        return kind == Kind.ROLLBACK ? error : null;
    }

    @Override
    void complete() {
        Sinks.Empty<Void> sink = closed;
        if (sink != null) {
            sink.tryEmitEmpty();
        } else {
            super.complete();
        }
    }

    enum Kind {
        COMMIT,
        ROLLBACK,
        /** Closes the session: rolls back and gives its own connection back too. */
        CLOSE,
        /** Rolls back because nobody uses the transaction any more. */
        EXPIRE
    }

    /** Another process holds the lock: the commit is sent again. */
    private static final class TryAgain extends Exception {
        private static final long serialVersionUID = 1;

        TryAgain() {
            super(null, null, false, false);
        }
    }
}
