package rillite.auth.authjs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date of whichever program: ISO texts with a zone, and milliseconds as an integer. Everything else is no date, above all
 * the forms that say no zone, and seconds.
 */
final class StoredDate {

    /** Numbers below, in size, are seconds or nonsense: as milliseconds they would lie before March 1973. */
    static final long SECONDS_BELOW = 100_000_000_000L;

    /**
     * Numbers from here to {@link #SECONDS_BELOW} look like seconds: as seconds they lie between March 1973, where the readable
     * milliseconds begin too, and the year 5138; as milliseconds in the first three years after 1970, which no session, link or
     * verification has. Smaller ones may be flags or counters.
     */
    static final long SECONDS_FROM = 100_000_000L;

    private static final Pattern ISO =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern MILLIS = Pattern.compile("\\d{12,15}");
    /** The end of the year 9999 in milliseconds. */
    static final long LAST = 253_402_300_799_999L;

    private StoredDate() {}

    /**
     * The instant, in milliseconds; null when there is none to be read.
     *
     * @param typed {@code typeof(value) || ':' || value}, null for NULL
     */
    static @Nullable Instant read(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        if (typed.startsWith("integer:")) {
            return ofMillis(typed.substring("integer:".length()));
        }
        return typed.startsWith("text:") ? ofText(typed.substring("text:".length())) : null;
    }

    /** Whether a value is a number that is a date in seconds, by its size, with a fraction or without. */
    static boolean looksLikeSeconds(@Nullable String typed) {
        if (typed == null || !typed.startsWith("integer:") && !typed.startsWith("real:")) {
            return false;
        }
        String number = typed.substring(typed.indexOf(':') + 1);
        if (number.endsWith("Inf")) {
            return false;
        }
        double size = Double.parseDouble(number);
        return size >= SECONDS_FROM && size < SECONDS_BELOW;
    }

    /** Whether a value is a number after all dates, such as milliseconds that were multiplied by 1000: to Auth.js it never ends. */
    static boolean isBeyond(@Nullable String typed) {
        return typed != null
                && typed.startsWith("integer:")
                && Long.parseLong(typed.substring("integer:".length())) > LAST;
    }

    private static @Nullable Instant ofMillis(String digits) {
        if (!MILLIS.matcher(digits).matches()) {
            return null;
        }
        long millis = Long.parseLong(digits);
        return millis > LAST ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Instant ofText(String text) {
        if (!ISO.matcher(text).matches()) {
            return null;
        }
        try {
            Instant exact = OffsetDateTime.parse(text).toInstant();
            // An expiry is never read as later than it is.
            Instant read = Instant.ofEpochMilli(exact.toEpochMilli());
            int year = read.atOffset(ZoneOffset.UTC).getYear();
            return year < 1 || year > 9999 ? null : read;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
