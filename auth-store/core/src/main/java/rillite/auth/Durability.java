package rillite.auth;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;

/** Whether commits wait for the disk: looked at once, when a store is used first. */
final class Durability {

    private static final int FULL = 2;

    private final AtomicBoolean known = new AtomicBoolean();

    boolean isKnown() {
        return known.get();
    }

    /** Warns when they do not. An error is left to the statement that follows. */
    Mono<Void> look(Database database) {
        return Mono.defer(() -> known.compareAndSet(false, true)
                ? database.sql("PRAGMA synchronous")
                        .values()
                        .flux()
                        .next()
                        .doOnNext(row -> {
                            Long level = row.get("synchronous", Long.class);
                            if (level != null && level < FULL) {
                                Log.warn(
                                        AuthStore.class,
                                        "The database does not wait for the disk at a commit (synchronous < FULL): after a loss of"
                                                + " power a revoked session or a used token could be back.");
                            }
                        })
                        .onErrorComplete()
                        .then()
                : Mono.empty());
    }
}
