package rillite.querysets;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A value in the form in which SQLite stores it, whatever its column declares. */
record Stored(Object value) {

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** The text of a point in time, so that the order of texts is that of time. */
    static Stored of(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST) || instant.getNano() % 1_000_000 != 0) {
            throw Errors.invalidValue(
                    "a point in time", instant, "a year from 0 to 9999 and no part below a millisecond");
        }
        return new Stored(UTC.format(instant));
    }

    /** The point in time of a text. */
    static Instant instant(String text) throws DateTimeException {
        return Instant.parse(text);
    }
}
