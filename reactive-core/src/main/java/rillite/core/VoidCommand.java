package rillite.core;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** A command that tells its subscriber only of its end, on the emission scheduler. */
abstract class VoidCommand<C extends PhysicalConnection> extends Command<C> implements Subscription {
    private final @Nullable CoreSubscriber<? super Void> actual;
    private boolean requested;
    volatile boolean cancelled;

    VoidCommand(Session<C> session, @Nullable CoreSubscriber<? super Void> actual) {
        super(session);
        this.actual = actual;
    }

    @Override
    public void request(long n) {
        if (!Operators.validate(n)) {
            return;
        }
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
        }
        session.submit(this);
    }

    @Override
    public void cancel() {
        cancelled = true;
        synchronized (this) {
            if (!requested) {
                return;
            }
        }
        if (mayBeDropped() && end()) {
            dropped();
            session.ended(this);
        }
    }

    /** Tells whether a cancel may remove the command before it runs. */
    boolean mayBeDropped() {
        return true;
    }

    /** Gives back what the command holds while it waits. */
    void dropped() {}

    @Override
    void fail(Throwable error) {
        disarmStatementTimer();
        CoreSubscriber<? super Void> subscriber = actual;
        if (subscriber == null || cancelled) {
            return;
        }
        Throwable told = session.lanes.translate(error);
        session.lanes.emitter.emit(() -> subscriber.onError(told));
    }

    void complete() {
        CoreSubscriber<? super Void> subscriber = actual;
        if (subscriber == null) {
            return;
        }
        session.lanes.emitter.emit(() -> {
            if (cancelled) {
                cancelledAfterEnd();
            } else {
                subscriber.onComplete();
            }
        });
    }

    /** The command succeeded, but its subscriber cancelled before it could be told. */
    void cancelledAfterEnd() {}
}
