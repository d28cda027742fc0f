package rillite.core.vertx;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.reactivestreams.ReactiveReadStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Schedulers;

/**
 * A {@link ReactiveReadStream} of signals: that class reports end and error at once, ahead of elements it still holds
 * back for a paused reader, so end and error travel through it as elements.
 */
final class ContextStream<T> implements ReadStream<T> {
    /** Elements taken from the publisher and not yet handled, at most. */
    static final int BOUND = 192;

    private static final int PREFETCH = 128;

    private final Context context;
    private final Publisher<T> publisher;
    private final ReactiveReadStream<Signal<T>> signals = ReactiveReadStream.readStream(BOUND - PREFETCH);
    private final Feed feed = new Feed();
    private volatile @Nullable Handler<T> dataHandler;
    private volatile @Nullable Handler<@Nullable Void> endHandler;
    private volatile @Nullable Handler<Throwable> exceptionHandler;
    private boolean subscribed;
    private volatile boolean over;

    ContextStream(Context context, Publisher<T> publisher) {
        this.context = context;
        this.publisher = publisher;
    }

    @Override
    public ReadStream<T> handler(@Nullable Handler<T> handler) {
        dataHandler = handler;
        if (handler == null) {
            over = true;
            feed.cancel();
        } else if (!over && firstHandler()) {
            Flux.from(publisher)
                    .publishOn(Schedulers.fromExecutor(task -> context.runOnContext(on -> task.run())), true, PREFETCH)
                    .materialize()
                    .subscribe(feed);
        }
        return this;
    }

    @Override
    public ReadStream<T> pause() {
        signals.pause();
        return this;
    }

    @Override
    public ReadStream<T> resume() {
        signals.resume();
        return this;
    }

    @Override
    public ReadStream<T> fetch(long amount) {
        signals.fetch(amount);
        return this;
    }

    @Override
    public ReadStream<T> endHandler(@Nullable Handler<@Nullable Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public ReadStream<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        return this;
    }

    private synchronized boolean firstHandler() {
        boolean first = !subscribed;
        subscribed = true;
        return first;
    }

    private void deliver(Signal<T> signal) {
        if (over) {
            return;
        }
        if (signal.isOnNext()) {
            handle(signal.get());
        } else {
            over = true;
            Throwable error = signal.getThrowable();
            if (error == null) {
                ended();
            } else {
                failed(error);
            }
        }
    }

    private void handle(@Nullable T element) {
        Handler<T> handler = dataHandler;
        if (handler == null || element == null) {
            return;
        }
        try {
            handler.handle(element);
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            if (over) {
                // a pipe that gives up removes its handlers before it throws: it has told whom it had to tell
                return;
            }
            over = true;
            feed.cancel();
            failed(error);
        }
    }

    private void ended() {
        Handler<@Nullable Void> handler = endHandler;
        if (handler != null) {
            handler.handle(null);
        }
    }

    private void failed(Throwable error) {
        Handler<Throwable> handler = exceptionHandler;
        if (handler != null) {
            handler.handle(error);
        } else {
            context.runOnContext(on -> {
                throw Exceptions.propagate(error);
            });
        }
    }

    /** Passes signals on to Vert.x and can be cancelled at any time, also before it is subscribed. */
    private final class Feed extends BaseSubscriber<Signal<T>> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            signals.onSubscribe(this);
            signals.handler(ContextStream.this::deliver);
        }

        @Override
        protected void hookOnNext(Signal<T> signal) {
            signals.onNext(signal);
        }
    }
}
