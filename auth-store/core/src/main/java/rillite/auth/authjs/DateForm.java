package rillite.auth.authjs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import rillite.auth.InvalidAuthValueException;

/**
 * The one form in which a layout writes dates. A date in any other form may be served as valid by Auth.js after it has passed,
 * so nothing but these texts and numbers is ever bound.
 */
enum DateForm {
    ISO_Z("TEXT", "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"),
    ISO_OFFSET(
            "TEXT", "yyyy-MM-dd'T'HH:mm:ss.SSS'+00:00'", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00"),
    EPOCH_MS("INTEGER", "", "\\d{12,15}");

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Instant FIRST_MILLIS = Instant.ofEpochMilli(StoredDate.SECONDS_BELOW);

    private final String storage;
    private final String pattern;
    private final Pattern own;

    DateForm(String storage, String pattern, String own) {
        this.storage = storage;
        this.pattern = pattern;
        this.own = Pattern.compile(own);
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
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(date.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The storage class of the form. */
    String storage() {
        return storage;
    }

    /** Whether a stored date, as {@link StoredDate} gets it, is in this form. */
    boolean isOwn(String typed) {
        int colon = typed.indexOf(':');
        return typed.substring(0, colon).equalsIgnoreCase(storage)
                && own.matcher(typed.substring(colon + 1)).matches();
    }
}
