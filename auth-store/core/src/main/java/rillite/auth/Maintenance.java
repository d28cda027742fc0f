package rillite.auth;

import java.time.Duration;
import java.util.Objects;
import reactor.core.Disposable;
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

    private static final String EXPIRED_SESSIONS = "SELECT count(*) AS seen, json_group_array(k) AS keys FROM"
            + " (SELECT hex(token_hash) AS k FROM auth_session WHERE expires_at <= ?1 LIMIT ?2)";
    private static final String DEAD_SESSIONS =
            "SELECT count(*) AS seen, json_group_array(k) FILTER (WHERE dead) AS keys, max(k) AS last FROM"
                    + " (SELECT hex(s.token_hash) AS k,"
                    + " u.id IS NULL OR s.epoch <> u.session_epoch OR s.expires_at <= ?1 AS dead"
                    + " FROM auth_session s LEFT JOIN auth_user u ON u.id = s.user_id"
                    + " WHERE s.token_hash > unhex(?3) ORDER BY s.token_hash LIMIT ?2)";
    private static final String SESSIONS = "DELETE FROM auth_session WHERE token_hash IN"
            + " (SELECT unhex(value) FROM json_each(?2)) AND (expires_at <= ?1 OR epoch <>"
            + " ifnull((SELECT u.session_epoch FROM auth_user u WHERE u.id = auth_session.user_id), -1))";
    private static final String EXPIRED_TOKENS = "SELECT count(*) AS seen, json_group_array(k) AS keys FROM"
            + " (SELECT hex(token_hash) AS k FROM auth_token WHERE expires_at <= ?1 LIMIT ?2)";
    private static final String TOKENS = "DELETE FROM auth_token WHERE token_hash IN"
            + " (SELECT unhex(value) FROM json_each(?2)) AND expires_at <= ?1";
    private static final String FORGOTTEN =
            "window_start <= ?1 - " + LONGEST_WINDOW + " AND ifnull(locked_until, 0) <= ?1";
    private static final String OLD_THROTTLES =
            "SELECT count(*) AS seen, json_group_array(k) FILTER (WHERE old) AS keys, max(k) AS last FROM"
                    + " (SELECT key AS k, " + FORGOTTEN
                    + " AS old FROM auth_throttle WHERE key > ?3 ORDER BY key LIMIT ?2)";
    private static final String THROTTLES =
            "DELETE FROM auth_throttle WHERE key IN" + " (SELECT value FROM json_each(?2)) AND " + FORGOTTEN;

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
     * Sweeps all that has expired when this is subscribed to, in batches between which others write: what is to go is looked for
     * without the writer. A cancel ends it behind the batch that is under way.
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
            Sweep sweep = new Sweep(store, batch);
            return sweep.found(EXPIRED_SESSIONS, SESSIONS, now)
                    .flatMap(expired -> sweep.walked(DEAD_SESSIONS, SESSIONS, now)
                            .flatMap(revoked -> sweep.found(EXPIRED_TOKENS, TOKENS, now)
                                    .flatMap(tokens -> sweep.walked(OLD_THROTTLES, THROTTLES, now)
                                            .map(keys -> new CleanupReport(expired + revoked, tokens, keys)))));
        });
    }

    /**
     * Sweeps again and again, first when that time has passed, until it is disposed of, or the database is closed. A failure is
     * logged and the next round comes all the same; rounds never overlap.
     *
     * @throws InvalidAuthValueException less than 1 ms or more than a year
     */
    public Disposable schedule(Duration every) {
        Objects.requireNonNull(every, "every must not be null");
        AuthOptions.checked("time between two sweeps", every, Duration.ofDays(366));
        return Rounds.start(
                every,
                () -> purgeExpired(BATCH),
                error -> Log.warn(Maintenance.class, "Expired rows were not swept out", error));
    }
}
