package rillite.core;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** Opens a session's own connection on a reader thread. */
final class DedicateCommand<C extends PhysicalConnection> extends VoidCommand<C> {

    DedicateCommand(Session<C> session, @Nullable CoreSubscriber<? super Void> actual) {
        super(session, actual);
    }

    @Override
    boolean start() {
        LaneException refused = session.refusal(this);
        if (refused != null) {
            if (end()) {
                fail(refused);
                session.ended(this);
            }
            return false;
        }
        session.lanes.readLane().executeUnowned(this);
        return true;
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
            Resource<C> own = new Resource<>(session.lanes.source.openDedicated());
            if (cancelled) {
                own.close(session.lanes.options.listener());
            } else {
                session.dedicated = own;
            }
        } catch (Throwable t) {
            error = t;
        }
        state.set(ENDED);
        session.ended(this);
        if (error != null) {
            fail(error);
        } else {
            complete();
        }
    }

    /** The subscriber has gone: nobody else would close the session. */
    @Override
    void cancelledAfterEnd() {
        session.close().subscribe();
    }
}
