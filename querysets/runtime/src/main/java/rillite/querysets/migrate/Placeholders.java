package rillite.querysets.migrate;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that differs between environments, written <code>${name}</code>; <code>$${name}</code> is that text itself. Values
 * are put in as they are: they are part of the SQL.
 */
record Placeholders(Map<String, String> values) {

    static final Placeholders NONE = new Placeholders(Map.of());

    private static final Pattern USE = Pattern.compile("(\\$?)\\$\\{([^}\\n]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,99}");

    Placeholders {
        values = Map.copyOf(values);
    }

    Placeholders with(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw MigrationErrors.invalidCall("The placeholder \"" + MigrationErrors.shown(name)
                    + "\" is none: names are letters, digits, _, . and -, and begin with a letter.");
        }
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw MigrationErrors.invalidCall(
                    "The value of the placeholder \"" + name + "\" must be one line without a zero character.");
        }
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Placeholders(more);
    }

    /** The text with every placeholder replaced; its lines stay the same lines. */
    String replace(String place, String text) {
        if (!text.contains("${")) {
            return text;
        }
        return USE.matcher(text).replaceAll(found -> {
            if (!found.group(1).isEmpty()) {
                return Matcher.quoteReplacement(found.group().substring(1));
            }
            String value = values.get(found.group(2));
            if (value == null) {
                throw MigrationErrors.invalid(
                        place,
                        TextFile.line(text, found.start()),
                        "the placeholder ${" + MigrationErrors.shown(found.group(2)) + "} has no value."
                                + (values.isEmpty()
                                        ? " Give it by placeholder(..)"
                                        : " Known: " + String.join(", ", new TreeMap<>(values).keySet()))
                                + "; write $${..} for the text itself.");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
