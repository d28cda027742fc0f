package rillite.core;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A write, as a command of its own for every subscription. */
final class WriteMono<C extends PhysicalConnection, R> extends Mono<R> {
    private final Session<C> session;
    private final WriteWork<C, R> work;

    WriteMono(Session<C> session, WriteWork<C, R> work) {
        this.session = session;
        this.work = work;
    }

    @Override
    public void subscribe(CoreSubscriber<? super R> actual) {
        actual.onSubscribe(new WriteItem<>(session, work, actual));
    }
}
