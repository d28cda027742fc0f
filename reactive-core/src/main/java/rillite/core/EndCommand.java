package rillite.core;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;

/** Ends the session's transaction, if there is one, and gives its lease back, whatever happens. */
final class EndCommand<C extends PhysicalConnection> extends VoidCommand<C> {
    private final Kind kind;
    private final @Nullable LaneException reason;

    EndCommand(Session<C> session, @Nullable CoreSubscriber<? super Void> actual, Kind kind) {
        this(session, actual, kind, null);
    }

    EndCommand(
            Session<C> session,
            @Nullable CoreSubscriber<? super Void> actual,
            Kind kind,
            @Nullable LaneException reason) {
        super(session, actual);
        this.kind = kind;
        this.reason = reason;
    }

    @Override
    boolean mayBeDropped() {
        return kind == Kind.COMMIT;
    }

    @Override
    boolean start() {
        Lease<C> lease = session.lease;
        if (lease != null) {
            armLockWait(session.lockWaitTimeout());
            resource = lease.resource;
            lease.lane.execute(this);
            return true;
        }
        Resource<C> own = session.dedicated;
        if (kind == Kind.CLOSE && own != null) {
            resource = own;
            session.lanes.readLane().execute(this);
            return true;
        }
        if (end()) {
            LaneException lost = kind == Kind.EXPIRE ? null : session.takeLost();
            session.ended(this);
            if (kind == Kind.COMMIT && lost != null) {
                fail(lost);
            } else {
                complete();
            }
        }
        return false;
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
                error = kind == Kind.COMMIT ? commit(owned.connection) : rollback(owned.connection);
            } catch (TryAgain busy) {
                unclaim();
                session.lanes.later(() -> lease.lane.execute(this));
                return;
            } finally {
                owned.exit();
            }
            session.lease = null;
            lease.stop();
            lease.lane.release(lease);
            if (kind == Kind.EXPIRE) {
                session.lost(reason);
            }
        }
        if (kind == Kind.CLOSE && session.dedicated != null) {
            session.dedicated = null;
            session.lanes.readLane().closed(owned);
        }
        state.set(ENDED);
        session.ended(this);
        if (error != null) {
            fail(error);
        } else {
            complete();
        }
    }

    private @Nullable Throwable commit(C connection) throws TryAgain {
        try {
            connection.commit();
            session.lanes.counters.writes.increment();
            return null;
        } catch (Throwable t) {
            Failure failure = connection.classify(t, Phase.COMMIT);
            boolean late = expired(session.lanes.ticker.nanos());
            if (failure == Failure.BUSY && connection.inTransaction() && !late) {
                throw new TryAgain();
            }
            session.lanes.rollback(connection);
            return switch (failure) {
                case BUSY -> lockWaitError(t);
                case UNKNOWN -> session.lanes.outcomeUnknown("a transaction", 1, t);
                default -> t;
            };
        }
    }

    private @Nullable Throwable rollback(C connection) {
        try {
            connection.rollback();
            return null;
        } catch (Throwable t) {
            session.lanes.options.listener().unexpected("rolling back", t);
            return kind == Kind.ROLLBACK ? t : null;
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
