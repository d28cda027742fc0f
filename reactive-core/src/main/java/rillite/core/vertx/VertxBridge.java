package rillite.core.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Turns a {@code Mono} into a Vert.x {@code Future} and a {@code Publisher} into a {@code ReadStream}, delivered on the
 * Vert.x context of the caller: handlers written for an event loop see the results on that event loop.
 */
public final class VertxBridge {
    private VertxBridge() {}

    /**
     * Subscribes at once and completes the future on the context of the caller.
     *
     * <p>An empty {@code Mono} completes the future with null, an error fails it with the same exception. A future
     * cannot be cancelled: bound the wait with {@code Mono.timeout}, which cancels the work.
     *
     * @throws IllegalStateException when not called on a Vert.x context
     */
    public static <T> Future<T> future(Mono<T> mono) {
        return future(current(), mono);
    }

    /** As {@link #future(Mono)}, completed on the given context; callable from any thread. */
    public static <T> Future<T> future(Context context, Mono<T> mono) {
        Promise<T> promise = Promise.promise();
        mono.subscribe(
                value -> context.runOnContext(on -> promise.tryComplete(value)),
                error -> context.runOnContext(on -> promise.tryFail(error)),
                () -> context.runOnContext(on -> promise.tryComplete()));
        return promise.future();
    }

    /**
     * A stream over the publisher whose handlers run on the context of the caller.
     *
     * <ul>
     *   <li>The publisher is subscribed once, when the first data handler is set. A stream that never gets one costs
     *       nothing.
     *   <li>Demand: while the stream is paused, at most {@value ContextStream#BOUND} elements have been taken from the
     *       publisher and not yet handled. {@code fetch(n)} and {@code pipeTo} work as usual.
     *   <li>End and error are delivered after every element before them, also when they happen while the stream is
     *       paused. An error without an exception handler goes to the exception handler of the context.
     *   <li>{@code handler(null)} cancels the publisher, as a pipe does when its target fails; nothing is delivered
     *       afterwards. A data handler that throws cancels too and hands its exception to the exception handler.
     * </ul>
     *
     * @throws IllegalStateException when not called on a Vert.x context
     */
    public static <T> ReadStream<T> stream(Publisher<T> publisher) {
        return stream(current(), publisher);
    }

    /** As {@link #stream(Publisher)}, delivered on the given context; callable from any thread. */
    public static <T> ReadStream<T> stream(Context context, Publisher<T> publisher) {
        return new ContextStream<>(context, publisher);
    }

    private static Context current() {
        Context context = Vertx.currentContext();
        if (context == null) {
            throw new IllegalStateException("not on a Vert.x context (thread "
                    + Thread.currentThread().getName() + "): call this inside a handler, or pass the context");
        }
        return context;
    }
}
