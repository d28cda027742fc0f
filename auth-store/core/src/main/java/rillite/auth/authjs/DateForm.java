package rillite.auth.authjs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import rillite.auth.InvalidAuthValueException;

/**
 * The one form in which a layout writes dates. A date in any other form may be served as valid by Auth.js after it has passed,
 * so nothing but these texts and numbers is ever bound.
 */
enum DateForm {
    ISO_Z("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "Z"),
    ISO_OFFSET("yyyy-MM-dd'T'HH:mm:ss.SSS'+00:00'", "+00:00"),
    EPOCH_MS("", "");

    private static final String DIGIT = "[0-9]";
    private static final String MOMENT = "0000-00-00T00:00:00.000";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Instant EXAMPLE = Instant.parse("2030-01-01T00:00:00.123Z");
    private static final Instant FIRST_MILLIS = Instant.ofEpochMilli(StoredDate.SECONDS_BELOW);

    private final DateTimeFormatter text;
    private final String zone;

    DateForm(String pattern, String zone) {
        text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        this.zone = zone;
    }

    /**
     * What is bound for an instant.
     *
     * @throws InvalidAuthValueException before or after what the form can hold
     */
    Object written(String column, Instant date) {
        Instant first = this == EPOCH_MS ? FIRST_MILLIS : FIRST;
        if (date.isBefore(first) || date.isAfter(LAST)) {
            throw new InvalidAuthValueException(
                    column + " is " + date + ". It must be between " + first + " and " + LAST + ".");
        }
        if (this == EPOCH_MS) {
            return date.toEpochMilli();
        }
        return text.format(date.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether a column, given as SQL, is in this form and a date that there is, as SQL. */
    String isOwn(String column) {
        if (this == EPOCH_MS) {
            return "typeof(" + column + ") = 'integer' AND " + column + " BETWEEN " + FIRST_MILLIS.toEpochMilli()
                    + " AND " + LAST.toEpochMilli();
        }
        // SQLite takes day 31 of all months, and some of its versions hour 24; to GLOB a text ends with its first NUL
        return "typeof(" + column + ") = 'text' AND " + column + " GLOB '" + MOMENT.replace("0", DIGIT) + zone
                + "' AND length(CAST(" + column + " AS BLOB)) = " + (MOMENT.length() + zone.length()) + " AND substr("
                + column + ", 1, 4) <> '0000' AND substr(" + column + ", 12, 2) < '24' AND substr(" + column
                + ", 1, 19) IS strftime('%Y-%m-%dT%H:%M:%S', " + column + ")";
    }

    /** What users call it. */
    String words() {
        return this == EPOCH_MS ? "milliseconds" : "texts such as " + text.format(EXAMPLE);
    }
}
