package rillite.querysets;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One after the other, in order of arrival, without holding a thread: savepoints of one transaction form a stack, so parts
 * that were started side by side have to take turns.
 */
final class Turns {

    private final Deque<Turn> waiting = new ArrayDeque<>(0);
    private @Nullable Turn holder;

    /** A place that is taken when {@link Turn#come} is subscribed. */
    Turn next() {
        return new Turn();
    }

    /** Completes when nobody holds a turn; what comes later does not wait for whoever asked. */
    Mono<Void> free() {
        return Mono.defer(() -> {
            synchronized (waiting) {
                if (holder == null) {
                    return Mono.empty();
                }
            }
            Turn turn = next();
            return turn.come().doFinally(signal -> turn.leave());
        });
    }

    /** One place in the order. */
    final class Turn {
        private final Sinks.Empty<Void> called = Sinks.empty();
        private boolean left;

        /** Completes when it is this one's turn. */
        Mono<Void> come() {
            return Mono.defer(() -> {
                synchronized (waiting) {
                    if (holder != null && !left) {
                        waiting.add(this);
                        return called.asMono();
                    }
                    holder = left ? holder : this;
                    return Mono.empty();
                }
            });
        }

        /** Calls the next one; also for one that was never called. A second call does nothing. */
        void leave() {
            Turn next = null;
            synchronized (waiting) {
                left = true;
                waiting.remove(this);
                if (holder == this) {
                    next = waiting.poll();
                    holder = next;
                }
            }
            if (next != null) {
                next.called.tryEmitEmpty();
            }
        }
    }
}
