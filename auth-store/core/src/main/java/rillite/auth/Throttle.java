package rillite.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Counts what may happen so and so often, across processes: sign-ins of a login, mails to an address, requests of a client.
 * Keys are stored as they are: put no secret into one.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Throttle {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_KEY = 255;
    private static final String SALT = Chance.id() + Chance.id();

    /**
     * So many times in a window; one more locks the key.
     *
     * @param hits 1 or more
     * @param window from the first hit on, 1 day at most; exactly at its end a new one begins
     * @param lock how long a key is locked, from the last hit that was one too many; 1 day at most
     */
    public record Limit(long hits, Duration window, Duration lock) {

        /**
         * @throws InvalidAuthValueException out of bounds
         */
        public Limit {
            if (hits < 1) {
                throw new InvalidAuthValueException("The limit is " + hits + " hits. It must be 1 or more.");
            }
            Objects.requireNonNull(window, "window must not be null");
            Objects.requireNonNull(lock, "lock must not be null");
            AuthOptions.checked("window of the limit", window, LONGEST);
            AuthOptions.checked("lock of the limit", lock, LONGEST);
        }
    }

    /**
     * What a hit led to.
     *
     * @param allowed whether it was within the limit
     * @param hits how many there were in this window, this one included
     * @param retryAt when the next one may be allowed: the end of the lock, or now
     */
    public record Decision(boolean allowed, long hits, Instant retryAt) {}

    private final Store store;

    Throttle(Store store) {
        this.store = store;
    }

    /**
     * Counts one. Of any number at once, exactly as many are allowed as the limit says.
     *
     * @throws InvalidAuthValueException the key is empty, longer than 255 characters, or has control characters
     */
    public Mono<Decision> hit(String key, Limit limit) {
        Objects.requireNonNull(key, "key must not be null");
        Objects.requireNonNull(limit, "limit must not be null");
        Texts.check("throttle key", key, LONGEST_KEY);
        return Mono.defer(() -> {
            long now = store.now();
            return store.row(
                            "INSERT INTO auth_throttle (key, window_start, hits) VALUES (?1, ?2, 1)"
                                    + " ON CONFLICT (key) DO UPDATE SET"
                                    + " hits = CASE WHEN window_start <= ?2 - ?3 THEN 1 ELSE hits + 1 END,"
                                    + " window_start = CASE WHEN window_start <= ?2 - ?3 THEN ?2 ELSE window_start END,"
                                    + " locked_until = CASE WHEN window_start > ?2 - ?3 AND hits >= ?4 THEN ?2 + ?5"
                                    + " ELSE locked_until END RETURNING hits, locked_until",
                            key,
                            now,
                            limit.window().toMillis(),
                            limit.hits(),
                            limit.lock().toMillis())
                    .map(row -> decision(Fields.of(row), limit, now));
        });
    }

    private static Decision decision(Fields row, Limit limit, long now) {
        Long locked = row.optionalNumber("locked_until");
        long hits = row.number("hits");
        long free = locked == null ? now : Math.max(now, locked);
        return new Decision(hits <= limit.hits() && free == now, hits, Instant.ofEpochMilli(free));
    }

    /** Until when a key is locked; empty when it is not. Counts nothing. */
    public Mono<Instant> lockedUntil(String key) {
        Objects.requireNonNull(key, "key must not be null");
        return Mono.defer(() -> store.row(
                        "SELECT locked_until FROM auth_throttle WHERE key = ?1 AND locked_until > ?2",
                        key,
                        store.now()))
                .map(row -> Fields.of(row).instant("locked_until"));
    }

    /** Forgets what was counted, and a lock. */
    public Mono<Void> reset(String key) {
        Objects.requireNonNull(key, "key must not be null");
        return store.change("DELETE FROM auth_throttle WHERE key = ?1", key).then();
    }

    /**
     * The key of a login. What is no address may be a password in the wrong field: its hash is salted for this process, and nobody
     * signs in by it anyway.
     */
    static String loginKey(@Nullable String emailKey, String typed) {
        return emailKey != null
                ? hashed("login", emailKey)
                : "other:" + HexFormat.of().formatHex(RawToken.sha256(SALT + typed));
    }

    /** A key of no more than its length, for texts of any. */
    static String hashed(String kind, String text) {
        return kind + ":" + HexFormat.of().formatHex(RawToken.sha256(text));
    }
}
