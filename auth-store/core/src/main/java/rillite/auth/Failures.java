package rillite.auth;

import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * The tries that failed for one key. Right or wrong, a try looks at the lock and is written in the same way; what is right counts
 * only while the key is not locked, and only once that is written: a file that cannot be written lets nobody guess on.
 */
final class Failures {

    private final Store store;
    private final String key;
    private final Throttle throttle;

    Failures(Store store, String key) {
        this.store = store;
        this.key = key;
        throttle = new Throttle(store);
    }

    /** Until when nothing is looked at; empty when it is. */
    Mono<Instant> lockedUntil() {
        return throttle.lockedUntil(key);
    }

    /** One more. The last one that is permitted locks. */
    private Mono<Void> add() {
        Throttle.Limit limit = store.options().failures();
        return throttle.hit(key, new Throttle.Limit(limit.hits() - 1, limit.window(), limit.lock()))
                .then();
    }

    /**
     * Counts what came of a try that was looked at before: whether it counts as right. Of many guesses at once none wins behind the
     * last one that is permitted, and it looks like the others.
     */
    Mono<Boolean> settled(boolean right) {
        return store.together(() -> lockedUntil()
                .hasElement()
                .flatMap(locked ->
                        add().then(right && !locked ? throttle.reset(key).thenReturn(true) : Mono.just(false))));
    }

    /** Looks at a code unless the key is locked: all in one transaction, so a code is not used up where nothing is looked at. */
    Mono<CodeResult> guard(Mono<Boolean> check) {
        Mono<CodeResult> locked = lockedUntil().map(CodeResult.Locked::new);
        Mono<CodeResult> checked = check.flatMap(right -> right
                ? throttle.reset(key).thenReturn(new CodeResult.Ok())
                : add().thenReturn(new CodeResult.Rejected()));
        return locked.switchIfEmpty(store.together(() -> locked.switchIfEmpty(checked)));
    }
}
