package rillite.auth.authjs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.Secret;
import rillite.auth.UserId;

/** What is to be written into a row, in the forms of a layout; refuses what the Node side would read as something else. */
final class Values {

    /** What kysely's adapter takes for a date, wherever it stands in a text. */
    private static final Pattern DATE_INSIDE =
            Pattern.compile("\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?([+-][0-2]\\d:[0-5]\\d|Z)");

    private final Layout layout;
    private final Part part;
    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();

    Values(Layout layout, Part part) {
        this.layout = layout;
        this.part = part;
    }

    private String label(String column) {
        return layout.table(part) + "." + column;
    }

    Values text(String column, @Nullable String value) {
        if (value != null && !canBeStored(value)) {
            throw new InvalidAuthValueException("The text of " + value.codePointCount(0, value.length())
                    + " characters for " + label(column) + " has a NUL or half a surrogate pair. Leave it out.");
        }
        if (value != null
                && !layout.rules().likeDates()
                && DATE_INSIDE.matcher(value).find()) {
            throw new InvalidAuthValueException(
                    "The text of " + value.codePointCount(0, value.length()) + " characters for " + label(column)
                            + " contains a date with a time. The kysely adapter of Auth.js would read it as a Date; leave it out.");
        }
        columns.put(column, value);
        return this;
    }

    Values secret(String column, @Nullable Secret value) {
        return text(column, value == null ? null : value.expose());
    }

    /** An id: never a number, which a column declared {@code uuid} would store as one. */
    Values id(String column, String value) {
        return text(column, checkedId(value));
    }

    static String checkedId(String value) {
        UserId.of(value.strip()); // blanks at the ends do not keep SQLite from finding a number
        return UserId.of(value).value();
    }

    Values date(String column, @Nullable Instant value) {
        columns.put(column, value == null ? null : layout.dates().written(label(column), value));
        return this;
    }

    Values number(String column, @Nullable Long value) {
        columns.put(column, value);
        return this;
    }

    Part part() {
        return part;
    }

    List<String> names() {
        return List.copyOf(columns.keySet());
    }

    List<@Nullable Object> values() {
        return new ArrayList<>(columns.values());
    }

    /** Whether SQLite can hold the texts as they are; what it cannot hold is nowhere. */
    static boolean canBeStored(String... values) {
        for (String value : values) {
            if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                return false;
            }
        }
        return true;
    }
}
