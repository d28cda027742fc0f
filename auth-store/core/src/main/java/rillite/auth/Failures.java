package rillite.auth;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** The tries that failed for one key. What is right is only accepted while the key is not locked. */
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
    Mono<Void> add() {
        Throttle.Limit limit = store.options().failures();
        return throttle.hit(key, new Throttle.Limit(limit.hits() - 1, limit.window(), limit.lock()))
                .then();
    }

    /** What was right: forgets the failures; writes only where there are some. */
    Mono<Void> forget() {
        return store.row("SELECT 1 AS some FROM auth_throttle WHERE key = ?1", key)
                .flatMap(some -> throttle.reset(key));
    }

    /** Looks at a code unless the key is locked, and counts what came of it. */
    Mono<CodeResult> guard(Mono<Boolean> check) {
        Mono<CodeResult> checked = check.flatMap(right -> right
                ? accepted(forget().thenReturn(new CodeResult.Ok()), new CodeResult.Rejected())
                : add().thenReturn(new CodeResult.Rejected()));
        return lockedUntil().<CodeResult>map(CodeResult.Locked::new).switchIfEmpty(checked);
    }

    /**
     * Looks again whether the key is locked before what was right counts: of many guesses at once, none wins behind the last that
     * is permitted, and it looks like the others.
     */
    <T> Mono<T> accepted(Mono<T> right, T rejected) {
        return lockedUntil().hasElement().flatMap(locked -> locked ? add().thenReturn(rejected) : right);
    }
}
