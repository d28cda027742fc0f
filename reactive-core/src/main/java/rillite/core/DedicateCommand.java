package rillite.core;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** Opens a session's own connection on a reader thread. */
final class DedicateCommand<C extends PhysicalConnection> extends VoidCommand<C> {

    DedicateCommand(Session<C> session, @Nullable CoreSubscriber<? super Void> actual) {
        super(session, actual);
    }

    @Override
    void start() {
        LaneException refused = session.refusal();
        if (refused != null || session.dedicated != null) {
            endNow(refused);
        } else if (!session.lanes.hasReaders()) {
            endNow(new IllegalStateException(session.lanes.name()
                    + ": a session cannot have a connection of its own here, for these lanes have a"
                    + " single connection."));
        } else if (session.lease != null) {
            endNow(new IllegalStateException(session.lanes.name() + ": session " + session.id()
                    + " has an open transaction; end it before the session gets a connection of its own."));
        } else {
            session.lanes.readLane().execute(this);
        }
    }

    @Override
    void run(Resource<C> none) {
        open();
    }

    /** Runs without a resource of the pool. */
    void open() {
        if (!claim()) {
            return;
        }
        Throwable error = null;
        try {
            Resource<C> own = session.lanes.openDedicated();
            if (isCancelled()) {
                own.close(session.lanes.listener);
            } else {
                session.dedicated = own;
            }
        } catch (Throwable t) {
            error = t;
        }
        endRun(error);
    }

    /** The subscriber has gone: nobody else would close the session. */
    @Override
    void cancelledAfterEnd() {
        session.closeNow();
    }
}
