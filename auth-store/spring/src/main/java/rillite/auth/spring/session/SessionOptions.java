package rillite.auth.spring.session;

import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import rillite.auth.Secret;

/**
 * How a {@link SqliteReactiveSessionRepository} behaves. Immutable: each verb gives a copy. The defaults:
 *
 * <ul>
 *   <li>a new session ends 30 minutes after the last visit
 *   <li>a visit is noted when the noted one is older than a thirtieth of that time, at most 5 minutes
 *   <li>ids are 256 random bits; attributes are JSON, each of 1 MiB at most, and written when they are set
 *   <li>the tables are {@code SPRING_SESSION} and {@code SPRING_SESSION_ATTRIBUTES}
 *   <li>the system's clock
 * </ul>
 */
public final class SessionOptions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Duration LONGEST_TOUCH = Duration.ofDays(1);
    private static final long DEFAULT_TOUCH = Duration.ofMinutes(5).toMillis();
    private static final int PARTS = 30;
    private static final int LARGEST = 256 << 20;
    private static final SessionOptions DEFAULTS = new SessionOptions();

    private Clock clock = Clock.systemUTC();
    private Duration maxInactiveInterval = Duration.ofMinutes(30);
    private @Nullable Duration touchEvery;
    private @Nullable SessionIdGenerator ids;
    private @Nullable AttributeSerializer serializer;
    private SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;
    private int maxAttributeBytes = 1 << 20;
    private String table = "SPRING_SESSION";
    private SessionIds columns = new SessionIds(false);

    private SessionOptions() {}

    private SessionOptions(SessionOptions other) {
        clock = other.clock;
        maxInactiveInterval = other.maxInactiveInterval;
        touchEvery = other.touchEvery;
        ids = other.ids;
        serializer = other.serializer;
        saveMode = other.saveMode;
        maxAttributeBytes = other.maxAttributeBytes;
        table = other.table;
        columns = other.columns;
    }

    /** The defaults as listed. */
    public static SessionOptions defaults() {
        return DEFAULTS;
    }

    /** What time it is. A {@code SpringSessionWebSessionStore} has a clock of its own, which must be the same. */
    public SessionOptions clock(Clock time) {
        SessionOptions copy = new SessionOptions(this);
        copy.clock = time;
        return copy;
    }

    /** How long a new session lives without a visit; negative is for ever. Kept in whole seconds, rounded up. */
    public SessionOptions maxInactiveInterval(Duration interval) {
        SessionOptions copy = new SessionOptions(this);
        copy.maxInactiveInterval = interval;
        return copy;
    }

    /**
     * How old the noted visit must be for the next one to be written, bounded by half of the time that a session lives. By as
     * much a session may end early, counted from a visit that was not written; zero writes each visit.
     *
     * @throws IllegalArgumentException negative, or longer than a day
     */
    public SessionOptions touchEvery(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST_TOUCH) > 0) {
            throw new IllegalArgumentException("touchEvery is " + time + ". It must be zero to " + LONGEST_TOUCH + ".");
        }
        SessionOptions copy = new SessionOptions(this);
        copy.touchEvery = time;
        return copy;
    }

    /** Where ids of sessions come from: 1 to 1024 visible ASCII characters that nobody can guess. Must not block. */
    public SessionOptions ids(SessionIdGenerator generator) {
        SessionOptions copy = new SessionOptions(this);
        copy.ids = generator;
        return copy;
    }

    /** The form of attributes; the default is {@link AttributeSerializer#json}. */
    public SessionOptions serializer(AttributeSerializer form) {
        SessionOptions copy = new SessionOptions(this);
        copy.serializer = form;
        return copy;
    }

    /** Which attributes a save writes. */
    public SessionOptions saveMode(SaveMode mode) {
        SessionOptions copy = new SessionOptions(this);
        copy.saveMode = mode;
        return copy;
    }

    /**
     * The size of one serialized attribute. Larger ones are refused when they are saved, and make a session unreadable.
     *
     * @throws IllegalArgumentException not 1 byte to 256 MiB
     */
    public SessionOptions maxAttributeBytes(int bytes) {
        if (bytes < 1 || bytes > LARGEST) {
            throw new IllegalArgumentException(
                    "maxAttributeBytes is " + bytes + ". It must be 1 to " + LARGEST + " bytes.");
        }
        SessionOptions copy = new SessionOptions(this);
        copy.maxAttributeBytes = bytes;
        return copy;
    }

    /**
     * The table of sessions; that of attributes has {@code _ATTRIBUTES} behind the name.
     *
     * @throws IllegalArgumentException not a name of letters, digits and underscores
     */
    public SessionOptions table(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "table is \"" + name + "\". It must be 1 to 63 letters, digits and underscores, no digit first.");
        }
        SessionOptions copy = new SessionOptions(this);
        copy.table = name;
        return copy;
    }

    /**
     * Keeps the SHA-256 of ids only, so that who reads the file or a backup of it cannot take sessions over. For tables of your
     * own: applications with spring-session-jdbc do not find such sessions. Sessions that are found by their principal then go
     * by a handle in place of their id, which can be ended and nothing else; Spring Security does not know its own session
     * among them, so a maximum of sessions counts one more.
     */
    public SessionOptions hashedIds() {
        SessionOptions copy = new SessionOptions(this);
        copy.columns = new SessionIds(true);
        return copy;
    }

    /** The same, where what is made late has been made. */
    SessionOptions complete() {
        SessionOptions copy = new SessionOptions(this);
        copy.ids = ids == null ? () -> Secret.mint().expose() : ids;
        copy.serializer = serializer == null ? AttributeSerializer.json() : serializer;
        return copy;
    }

    Clock clock() {
        return clock;
    }

    long now() {
        return clock.millis();
    }

    Duration maxInactiveInterval() {
        return maxInactiveInterval;
    }

    /** Age in milliseconds of a noted visit from which on the next one is written, for a session that lives so many seconds. */
    long touchMillis(long seconds) {
        long life = seconds < 0 ? Long.MAX_VALUE : seconds * 1000;
        long wanted = touchEvery == null ? Math.min(DEFAULT_TOUCH, life / PARTS) : touchEvery.toMillis();
        return Math.min(wanted, life / 2);
    }

    String nextId() {
        if (ids == null) {
            throw new IllegalStateException("the options are not complete");
        }
        String id = ids.generate();
        if (!SessionIds.isOne(id)) {
            throw new IllegalStateException("The generator of session ids gave one that is not 1 to "
                    + SessionIds.LONGEST + " visible ASCII characters.");
        }
        return id;
    }

    SessionIds columns() {
        return columns;
    }

    AttributeSerializer serializer() {
        if (serializer == null) {
            throw new IllegalStateException("the options are not complete");
        }
        return serializer;
    }

    SaveMode saveMode() {
        return saveMode;
    }

    int maxAttributeBytes() {
        return maxAttributeBytes;
    }

    String table() {
        return table;
    }
}
