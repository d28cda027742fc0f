package rillite.core;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** A command that tells its subscriber only of its end. */
abstract class VoidCommand<C extends PhysicalConnection> extends SubscribedCommand<C, Void> {

    VoidCommand(Session<C> session, @Nullable CoreSubscriber<? super Void> actual) {
        super(session, actual);
    }

    /** Ends a command in its start, without a run. */
    final void endNow(@Nullable Throwable error) {
        if (!end()) {
            return;
        }
        drop();
        session.ended(this);
        tellLater(error);
    }

    /** Ends a command after its run, on the lane. */
    final void endRun(@Nullable Throwable error) {
        finished();
        disarmStatementTimer();
        session.ended(this);
        tellLater(error);
    }

    private void tellLater(@Nullable Throwable error) {
        if (error != null) {
            fail(error);
        } else {
            session.lanes.emitter.emit(this::complete);
        }
    }

    /** On the emission scheduler. */
    void complete() {
        if (!tellValue(null)) {
            cancelledAfterEnd();
        }
    }

    /** The command succeeded, but its subscriber had gone before it could be told. */
    void cancelledAfterEnd() {}
}
