package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is to run after the end of a transaction, in the order in which it was asked for. */
final class Hooks {

    private final List<Publisher<?>> onCommit = new ArrayList<>(0);
    private final List<Publisher<?>> onRollback = new ArrayList<>(0);

    synchronized void afterCommit(Publisher<?> work) {
        onCommit.add(work);
    }

    synchronized void afterRollback(Publisher<?> work) {
        onRollback.add(work);
    }

    /** A part has ended: what it asked for waits for the whole. */
    void handTo(Hooks whole, boolean committed) {
        List<Publisher<?>> commits = taken(committed);
        List<Publisher<?>> rollbacks = taken(false);
        synchronized (whole) {
            whole.onCommit.addAll(committed ? commits : rollbacks);
            whole.onRollback.addAll(rollbacks);
        }
    }

    /** Runs what was asked for, one after the other; errors are logged and end only the work they come from. */
    Mono<Void> run(boolean committed) {
        return Mono.defer(() -> {
            List<Publisher<?>> work = taken(committed);
            return work.isEmpty()
                    ? Mono.empty()
                    : Flux.fromIterable(work)
                            .concatMap(one -> run(one, committed ? "afterCommit" : "afterRollback"))
                            .then();
        });
    }

    private static Mono<Void> run(Publisher<?> work, String when) {
        return Flux.from(work).then().onErrorResume(error -> {
            Log.of(Transaction.class)
                    .log(
                            System.Logger.Level.WARNING,
                            "Work given to " + when + " failed; the transaction stays as it is",
                            error);
            return Mono.empty();
        });
    }

    synchronized boolean isEmpty() {
        return onCommit.isEmpty() && onRollback.isEmpty();
    }

    private synchronized List<Publisher<?>> taken(boolean committed) {
        return List.copyOf(committed ? onCommit : onRollback);
    }
}
