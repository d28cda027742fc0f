package rillite.querysets;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Set;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/**
 * When a transaction may be run again: {@code db.inTransaction(..).retryWhen(RetryPolicy.busy())} runs the whole function
 * once more, in a new transaction.
 */
public final class RetryPolicy {

    /** Busy, the snapshot to be upgraded is old, the lock was not to be had in time. */
    private static final Set<String> BUSY = Set.of("55006", "40001", "55P03");

    private RetryPolicy() {}

    /**
     * At most 5 more attempts, after about 20 ms, 40 ms and so on up to 1 s, when another writer was in the way and nothing
     * was applied: SQLState 55006, 40001 and 55P03. Never when the outcome of a commit is unknown. The last error passes as
     * it is. Waits on the parallel scheduler, where the new attempt is subscribed.
     */
    public static RetryBackoffSpec busy() {
        return Retry.backoff(5, Duration.ofMillis(20))
                .maxBackoff(Duration.ofSeconds(1))
                .filter(RetryPolicy::isBusy)
                .onRetryExhaustedThrow((policy, last) -> last.failure());
    }

    private static boolean isBusy(Throwable error) {
        return error instanceof R2dbcException known && BUSY.contains(String.valueOf(known.getSqlState()));
    }
}
