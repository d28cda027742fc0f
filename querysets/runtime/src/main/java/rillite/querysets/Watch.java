package rillite.querysets;

import java.time.Duration;
import java.util.Locale;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Warns of write transactions that stay open: while one is, nobody else writes.
 *
 * @param after how long is no reason to warn; zero never warns
 */
record Watch(Duration after) {

    /** Warns once when the time has passed, unless disposed before. */
    Disposable over(Scope scope) {
        if (after.isZero()) {
            return Disposables.disposed();
        }
        long since = System.nanoTime();
        return Schedulers.parallel()
                .schedule(
                        () -> warn(scope, System.nanoTime() - since),
                        after.toNanos(),
                        java.util.concurrent.TimeUnit.NANOSECONDS);
    }

    private static void warn(Scope scope, long age) {
        String last = scope.lastStatement();
        Log.of(Transaction.class)
                .log(
                        System.Logger.Level.WARNING,
                        String.format(
                                Locale.ROOT,
                                "The transaction \"%s\" has been open for %.1f s and goes on. It holds the only writer: all other"
                                        + " writes wait. Do not wait for a remote call, or for more input, inside of one. Last"
                                        + " statement: %s",
                                scope.name(),
                                age / 1e9,
                                last.isEmpty() ? "none yet" : last));
    }
}
