package rillite.querysets;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Tells of writes that were meant for a transaction and have lost it. For development: it marks the thread while code of a
 * transaction runs.
 */
final class Hints {

    private final boolean on;
    private final ThreadLocal<@Nullable Scope> running = new ThreadLocal<>();

    Hints(boolean on) {
        this.on = on;
    }

    /** Runs code that a user gave to a transaction. */
    <T> T during(Scope scope, Supplier<T> code) {
        if (!on) {
            return code.get();
        }
        Scope before = running.get();
        running.set(scope);
        try {
            return code.get();
        } finally {
            running.set(before);
        }
    }

    /** Signals from a transaction, which run the user's code behind them. */
    <T> Flux<T> during(Scope scope, Flux<T> signals) {
        return on
                ? signals.transform(Operators.<T, T>lift((source, actual) -> new Marking<>(this, scope, actual)))
                : signals;
    }

    /** A write begins outside of any transaction that it knows of. */
    void outside() {
        Scope around = on ? running.get() : null;
        if (around != null && around.isOpen() && !around.isReadOnly()) {
            Log.of(Transaction.class)
                    .log(
                            System.Logger.Level.WARNING,
                            "A write begins outside of the transaction \"" + around.name() + "\", in whose code it is"
                                    + " subscribed, and waits until that one has ended. subscribe(), block() and toFuture() lose"
                                    + " the transaction, and so does what follows behind inTransaction(..). Make the write part"
                                    + " of the publisher that the function returns, or use tx.objects(..).",
                            new Throwable("The write was subscribed here"));
        }
    }

    private record Marking<T>(Hints hints, Scope scope, CoreSubscriber<? super T> actual) implements CoreSubscriber<T> {
        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T element) {
            run(() -> actual.onNext(element));
        }

        @Override
        public void onError(Throwable error) {
            run(() -> actual.onError(error));
        }

        @Override
        public void onComplete() {
            run(actual::onComplete);
        }

        private void run(Runnable signal) {
            hints.during(scope, () -> {
                signal.run();
                return signal;
            });
        }
    }
}
