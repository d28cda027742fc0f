package rillite.core;

import java.util.function.Function;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A command without a value, created anew for every subscription and submitted on request. */
final class CommandMono<C extends PhysicalConnection> extends Mono<Void> {
    private final Function<CoreSubscriber<? super Void>, VoidCommand<C>> factory;

    CommandMono(Function<CoreSubscriber<? super Void>, VoidCommand<C>> factory) {
        this.factory = factory;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        actual.onSubscribe(factory.apply(actual));
    }
}
