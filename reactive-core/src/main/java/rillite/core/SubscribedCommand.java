package rillite.core;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** A command with a subscriber of its own: submitted by the first request, signalled on the emission scheduler. */
abstract class SubscribedCommand<C extends PhysicalConnection, R> extends Command<C> implements Subscription {
    private final @Nullable CoreSubscriber<? super R> actual;

    SubscribedCommand(Session<C> session, @Nullable CoreSubscriber<? super R> actual) {
        super(session);
        this.actual = actual;
    }

    @Override
    public final void request(long n) {
        if (n <= 0) {
            refuseDemand(n);
        } else if (ask()) {
            session.submit(this);
        }
    }

    private void refuseDemand(long n) {
        CoreSubscriber<? super R> subscriber = actual;
        if (subscriber == null || !leaveFresh()) {
            Operators.reportBadRequest(n);
            return;
        }
        session.lanes.emitter.emit(() -> subscriber.onError(Demand.refused(n)));
    }

    @Override
    public final void cancel() {
        if (!leave()) {
            return;
        }
        if (droppable() && end()) {
            withdraw();
        } else {
            stop();
        }
    }

    /** Tells whether a cancel may remove the command before it runs. */
    boolean droppable() {
        return true;
    }

    /** The subscriber has gone while the command runs. */
    void stop() {}

    @Override
    boolean withdrawn() {
        return droppable() && isCancelled();
    }

    @Override
    void fail(Throwable error) {
        disarmStatementTimer();
        CoreSubscriber<? super R> subscriber = actual;
        if (subscriber == null || isCancelled()) {
            return;
        }
        session.lanes.emitter.emit(() -> tellError(error));
    }

    /** On the emission scheduler. */
    final void tellError(Throwable error) {
        CoreSubscriber<? super R> subscriber = actual;
        if (subscriber != null && tell()) {
            subscriber.onError(session.lanes.translate(error));
        }
    }

    /** On the emission scheduler; false when the subscriber has gone. */
    final boolean tellValue(@Nullable R value) {
        CoreSubscriber<? super R> subscriber = actual;
        if (subscriber == null || !tell()) {
            return false;
        }
        if (value != null) {
            subscriber.onNext(value);
        }
        subscriber.onComplete();
        return true;
    }
}
