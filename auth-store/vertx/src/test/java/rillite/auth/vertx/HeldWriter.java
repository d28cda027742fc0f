package rillite.auth.vertx;

import static rillite.core.testing.Await.PATIENCE;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Sinks;
import rillite.querysets.Database;

/** A transaction that lets nobody else write until it is released. */
final class HeldWriter {

    private final Sinks.One<Long> gate = Sinks.one();
    private final CompletableFuture<Long> begun = new CompletableFuture<>();
    private final CompletableFuture<Long> ended;

    HeldWriter(Database database) {
        ended = database.inTransaction(transaction -> database.sql("DELETE FROM auth_throttle WHERE 0")
                        .execute()
                        .doOnNext(begun::complete)
                        .then(gate.asMono()))
                .next()
                .toFuture();
        begun.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void release() {
        gate.tryEmitValue(1L);
        ended.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
