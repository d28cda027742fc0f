package rillite.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a store behaves. Immutable: each verb gives a copy. The defaults:
 *
 * <ul>
 *   <li>sessions end after 7 days without a visit, and 30 days after their begin; a visit is noted every 5 minutes
 *   <li>a token to reset a password lives for 30 minutes, a magic link for 10
 *   <li>10 failed sign-ins in 15 minutes lock the login for 15 minutes
 *   <li>passwords are hashed by argon2id with 19,456 KiB, 2 iterations, 1 lane, on one thread less than there are processors,
 *       so that reads go on while many sign in; 64 may wait for one
 *   <li>up to 10,000 sessions are remembered, as long as nothing in the file makes them others
 *   <li>no key for secrets that are encrypted: OAuth tokens, one-time passwords and backup codes need one
 *   <li>the system's clock
 * </ul>
 */
public final class AuthOptions {

    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final AuthOptions DEFAULTS = new AuthOptions();

    private Clock clock = Clock.systemUTC();
    private Duration sessionIdle = Duration.ofDays(7);
    private Duration sessionAbsolute = Duration.ofDays(30);
    private Duration touchEvery = Duration.ofMinutes(5);
    private Duration resetTokenLife = Duration.ofMinutes(30);
    private Duration magicLinkLife = Duration.ofMinutes(10);
    private Throttle.Limit failures = new Throttle.Limit(10, Duration.ofMinutes(15), Duration.ofMinutes(15));
    private Argon2 argon2 = new Argon2(19_456, 2, 1);
    private int hashingThreads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    private int hashingQueue = 64;
    private int knownSessions = 10_000;
    private String issuer = "Rillite";
    private List<EncryptionKey> keys = List.of();

    private AuthOptions() {}

    private AuthOptions(AuthOptions other) {
        clock = other.clock;
        sessionIdle = other.sessionIdle;
        sessionAbsolute = other.sessionAbsolute;
        touchEvery = other.touchEvery;
        resetTokenLife = other.resetTokenLife;
        magicLinkLife = other.magicLinkLife;
        failures = other.failures;
        argon2 = other.argon2;
        hashingThreads = other.hashingThreads;
        hashingQueue = other.hashingQueue;
        knownSessions = other.knownSessions;
        issuer = other.issuer;
        keys = other.keys;
    }

    /** The defaults as listed. */
    public static AuthOptions defaults() {
        return DEFAULTS;
    }

    /** What time it is. */
    public AuthOptions clock(Clock time) {
        Objects.requireNonNull(time, "time must not be null");
        AuthOptions copy = new AuthOptions(this);
        copy.clock = time;
        return copy;
    }

    /**
     * How long sessions live.
     *
     * @param idle since the last visit
     * @param absolute since the begin, whatever happens
     * @throws InvalidAuthValueException not positive, or longer than 10 years
     */
    public AuthOptions sessionLife(Duration idle, Duration absolute) {
        Objects.requireNonNull(idle, "idle must not be null");
        Objects.requireNonNull(absolute, "absolute must not be null");
        AuthOptions copy = new AuthOptions(this);
        copy.sessionIdle = checked("idle life of sessions", idle);
        copy.sessionAbsolute = checked("absolute life of sessions", absolute);
        return copy;
    }

    /**
     * How often a visit is noted in a session: the shorter, the more writes. At the most after half of the idle life.
     *
     * @throws InvalidAuthValueException not positive, or longer than 10 years
     */
    public AuthOptions touchEvery(Duration interval) {
        Objects.requireNonNull(interval, "interval must not be null");
        AuthOptions copy = new AuthOptions(this);
        copy.touchEvery = checked("interval of touches", interval);
        return copy;
    }

    /**
     * How long the tokens of {@link Purpose#PASSWORD_RESET} and {@link Purpose#MAGIC_LINK} live where {@link Tokens#issue} is
     * not told.
     *
     * @throws InvalidAuthValueException not positive, or longer than 10 years
     */
    public AuthOptions tokenLife(Duration reset, Duration magicLink) {
        Objects.requireNonNull(reset, "reset must not be null");
        Objects.requireNonNull(magicLink, "magicLink must not be null");
        AuthOptions copy = new AuthOptions(this);
        copy.resetTokenLife = checked("life of reset tokens", reset);
        copy.magicLinkLife = checked("life of magic links", magicLink);
        return copy;
    }

    /**
     * How many failures lock a login or a second factor, and for how long.
     *
     * @throws InvalidAuthValueException fewer than 2: one typing error would lock
     */
    public AuthOptions failures(Throttle.Limit limit) {
        Objects.requireNonNull(limit, "limit must not be null");
        if (limit.hits() < 2) {
            throw new InvalidAuthValueException("The limit of failures is " + limit.hits() + ". It must be 2 or more.");
        }
        AuthOptions copy = new AuthOptions(this);
        copy.failures = limit;
        return copy;
    }

    /**
     * What a password costs. Raised parameters take effect for each user at the next sign-in. Never go below the defaults,
     * except in tests.
     *
     * @param memoryKiB 8 times the lanes to 262,144
     * @param iterations 1 to 64
     * @param parallelism 1 to 16
     * @throws InvalidAuthValueException out of bounds
     */
    public AuthOptions hashing(int memoryKiB, int iterations, int parallelism) {
        AuthOptions copy = new AuthOptions(this);
        copy.argon2 = new Argon2(memoryKiB, iterations, parallelism);
        return copy;
    }

    /**
     * Where passwords are hashed. What does not fit is refused with an {@link AuthOverloadedException} at once.
     *
     * @param threads 1 to 256, each with the memory of one hash
     * @param waiting 1 to 100,000 that may wait
     * @throws InvalidAuthValueException out of bounds
     */
    public AuthOptions hashingThreads(int threads, int waiting) {
        if (threads < 1 || threads > 256 || waiting < 1 || waiting > 100_000) {
            throw new InvalidAuthValueException("hashingThreads(" + threads + ", " + waiting
                    + ") is out of bounds: 1 to 256 threads, 1 to 100,000 that wait.");
        }
        AuthOptions copy = new AuthOptions(this);
        copy.hashingThreads = threads;
        copy.hashingQueue = waiting;
        return copy;
    }

    /**
     * How many sessions are remembered behind {@link Sessions#authenticate}, the ones asked for last, about a kilobyte each. Each
     * request asks the file all the same whether anything has made one another: a revocation counts at once, also by another
     * process.
     *
     * @param most 0 to 1,000,000; 0 looks all of it up each time
     * @throws InvalidAuthValueException out of bounds
     */
    public AuthOptions rememberSessions(int most) {
        if (most < 0 || most > 1_000_000) {
            throw new InvalidAuthValueException(
                    "The number of sessions to remember is " + most + ". It must be 0 to 1,000,000.");
        }
        AuthOptions copy = new AuthOptions(this);
        copy.knownSessions = most;
        return copy;
    }

    /**
     * The name of the application, as authenticators show it.
     *
     * @throws InvalidAuthValueException empty, too long or with control characters
     */
    public AuthOptions issuer(String name) {
        Objects.requireNonNull(name, "name must not be null");
        Texts.check("issuer", name, 100);
        AuthOptions copy = new AuthOptions(this);
        copy.issuer = name;
        return copy;
    }

    /**
     * Adds a key for secrets that are encrypted. The first one encrypts, all of them read: to change keys put the new one
     * first. Keep keys out of the database and of its backups.
     *
     * @param id 1 to 60 characters, stored beside what the key encrypts
     * @param key 16, 24 or 32 random bytes; copied
     * @throws InvalidAuthValueException another length, or an id that is there already
     */
    public AuthOptions encryptionKey(String id, byte[] key) {
        Objects.requireNonNull(id, "id must not be null");
        Objects.requireNonNull(key, "key must not be null");
        EncryptionKey added = EncryptionKey.of(id, key);
        if (keys.stream().anyMatch(known -> known.id().equals(id))) {
            throw new InvalidAuthValueException("There are two encryption keys with the id " + id + ".");
        }
        List<EncryptionKey> more = new ArrayList<>(keys);
        more.add(added);
        AuthOptions copy = new AuthOptions(this);
        copy.keys = List.copyOf(more);
        return copy;
    }

    private static Duration checked(String label, Duration life) {
        return checked(label, life, LONGEST);
    }

    static Duration checked(String label, Duration life, Duration longest) {
        if (life.compareTo(Duration.ofMillis(1)) < 0 || life.compareTo(longest) > 0) {
            throw new InvalidAuthValueException(
                    "The " + label + " is " + life + ". It must be 1 ms to " + longest.toDays() + " days.");
        }
        return life;
    }

    Clock clock() {
        return clock;
    }

    long sessionIdleMillis() {
        return sessionIdle.toMillis();
    }

    long sessionAbsoluteMillis() {
        return sessionAbsolute.toMillis();
    }

    long touchEveryMillis() {
        // Else a session in use could end between two visits that are noted.
        return Math.min(touchEvery.toMillis(), Math.max(1, sessionIdle.toMillis() / 2));
    }

    Duration resetTokenLife() {
        return resetTokenLife;
    }

    Duration magicLinkLife() {
        return magicLinkLife;
    }

    Throttle.Limit failures() {
        return failures;
    }

    Argon2 argon2() {
        return argon2;
    }

    int hashingThreads() {
        return hashingThreads;
    }

    int hashingQueue() {
        return hashingQueue;
    }

    int knownSessions() {
        return knownSessions;
    }

    String issuer() {
        return issuer;
    }

    List<EncryptionKey> keys() {
        return keys;
    }
}
