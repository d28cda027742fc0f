package rillite.auth;

import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sweeps out what has expired. Nothing depends on it but the size of the file: expired sessions and tokens are dead anyway.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Maintenance {

    private static final int BATCH = 500;
    private static final int LARGEST = 10_000;
    private static final long LONGEST_WINDOW = Duration.ofDays(1).toMillis();

    private static final String SESSIONS = "DELETE FROM auth_session WHERE token_hash IN"
            + " (SELECT token_hash FROM auth_session WHERE expires_at <= ?1 LIMIT ?2)";
    private static final String REVOKED = "DELETE FROM auth_session WHERE token_hash IN"
            + " (SELECT s.token_hash FROM auth_session s JOIN auth_user u ON u.id = s.user_id"
            + " WHERE s.epoch <> u.session_epoch LIMIT ?2) AND ?1 > 0";
    private static final String TOKENS = "DELETE FROM auth_token WHERE token_hash IN"
            + " (SELECT token_hash FROM auth_token WHERE expires_at <= ?1 LIMIT ?2)";
    private static final String THROTTLES = "DELETE FROM auth_throttle WHERE key IN (SELECT key FROM auth_throttle"
            + " WHERE window_start <= ?1 - " + LONGEST_WINDOW + " AND ifnull(locked_until, 0) <= ?1 LIMIT ?2)";

    /**
     * How many rows were swept out.
     *
     * @param sessions expired or revoked
     * @param tokens expired
     * @param throttles keys that nobody has hit for a day
     */
    public record CleanupReport(long sessions, long tokens, long throttles) {}

    private final Store store;

    Maintenance(Store store) {
        this.store = store;
    }

    /**
     * Sweeps all that has expired when this is subscribed to, in batches between which others write. A cancel ends it behind the
     * batch that is under way.
     *
     * @param batch 1 to 10,000 rows in one statement; 500 hold the writer for some milliseconds
     * @throws InvalidAuthValueException out of bounds
     */
    public Mono<CleanupReport> purgeExpired(int batch) {
        if (batch < 1 || batch > LARGEST) {
            throw new InvalidAuthValueException("The batch is " + batch + " rows. It must be 1 to " + LARGEST + ".");
        }
        return Mono.defer(() -> {
            long now = store.now();
            return swept(SESSIONS, now, batch)
                    .flatMap(expired -> swept(REVOKED, now, batch)
                            .flatMap(revoked -> swept(TOKENS, now, batch)
                                    .flatMap(tokens -> swept(THROTTLES, now, batch)
                                            .map(keys -> new CleanupReport(expired + revoked, tokens, keys)))));
        });
    }

    private Mono<Long> swept(String sql, long now, int batch) {
        return store.change(sql, now, batch)
                .expand(rows -> rows < batch ? Mono.empty() : store.change(sql, now, batch))
                .reduce(0L, Long::sum);
    }

    /**
     * Sweeps again and again, first when that time has passed, until it is disposed of or the program ends. A failure is logged
     * and the next round comes all the same; rounds never overlap.
     *
     * @throws InvalidAuthValueException less than 1 ms or more than a year
     */
    public Disposable schedule(Duration every) {
        AuthOptions.checked("time between two sweeps", every, Duration.ofDays(366));
        return Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(round -> purgeExpired(BATCH).onErrorResume(Maintenance::logged), 1)
                .subscribe();
    }

    private static Mono<CleanupReport> logged(Throwable error) {
        Log.warn(Maintenance.class, "Expired rows were not swept out", error);
        return Mono.empty();
    }
}
