package rillite.querysets;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value in the form in which SQLite stores it, whatever its column declares. */
record Stored(Object value) {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** A constant in a calculation, where no column tells how it is stored. */
    static @Nullable Object constant(@Nullable Object value) {
        return value instanceof Instant instant ? of(instant) : value;
    }

    /** The text of a point in time, so that the order of texts is that of time. */
    static Stored of(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST) || instant.getNano() % 1_000_000 != 0) {
            throw Errors.invalidValue(
                    "a point in time", instant, "a year from 0 to 9999 and no part below a millisecond");
        }
        return new Stored(UTC.format(instant));
    }

    /**
     * The point in time of a text or of what was read from it; without a zone it is in UTC. Anything else is given back as
     * it is.
     */
    static Object instant(Object value) {
        try {
            if (value instanceof LocalDateTime time) {
                return time.toInstant(ZoneOffset.UTC);
            }
            if (value instanceof String text) {
                return text.endsWith("Z")
                        ? Instant.parse(text)
                        : TemporalText.parseDateTime(text).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            return value;
        }
        return value;
    }
}
