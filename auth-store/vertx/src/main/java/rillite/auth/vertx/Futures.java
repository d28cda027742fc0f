package rillite.auth.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import reactor.core.publisher.Mono;

/** From Mono to Future. */
final class Futures {

    private Futures() {}

    /**
     * Subscribes at once. The future completes on the context of the caller, with null when the Mono is empty; a caller without a
     * context gets a new one. Futures cannot be cancelled: what was begun is finished.
     */
    static <T> Future<T> of(Vertx vertx, Mono<T> work) {
        return Future.fromCompletionStage(work.toFuture(), vertx.getOrCreateContext());
    }
}
