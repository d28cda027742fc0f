package rillite.auth.vertx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** What is being written under each id. Vert.x answers requests before that is done: whoever looks for an id waits for it. */
final class PendingWrites {

    private final Map<String, Set<Mono<Void>>> writes = new ConcurrentHashMap<>();

    /** A write that is noted under these ids while it is under way. */
    Mono<Void> noted(Mono<Void> write, String id, String oldId) {
        return Mono.defer(() -> {
            Mono<Void> shared = write.cache();
            begin(id, shared);
            begin(oldId, shared);
            return shared.doFinally(end -> {
                end(id, shared);
                end(oldId, shared);
            });
        });
    }

    private void begin(String id, Mono<Void> write) {
        writes.compute(id, (same, others) -> {
            Set<Mono<Void>> all = others == null ? new HashSet<>() : others;
            all.add(write);
            return all;
        });
    }

    private void end(String id, Mono<Void> write) {
        writes.computeIfPresent(id, (same, all) -> {
            all.remove(write);
            return all.isEmpty() ? null : all;
        });
    }

    /** Completes when all that is under way for an id by now has come to an end, good or bad. */
    Mono<Void> settled(String id) {
        List<Mono<Void>> all = new ArrayList<>();
        writes.computeIfPresent(id, (same, now) -> {
            all.addAll(now);
            return now;
        });
        return Mono.whenDelayError(all).onErrorComplete();
    }
}
