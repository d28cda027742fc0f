package rillite.auth.authjs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How many dates of a column are in another form than that of the layout.
 *
 * @param layout whose form they should have
 * @param part the table
 * @param name the column
 * @param others read, in the form of another layout
 * @param seconds not read, and seconds by their size
 * @param fractions how many of the seconds have a fraction
 * @param beyond how many of the unreadable are numbers after all dates
 * @param unreadable in no form, or missing where there must be one
 */
record DateCount(
        Layout layout,
        Part part,
        String name,
        long others,
        long seconds,
        long fractions,
        long beyond,
        long unreadable) {

    /** More than any form needs. */
    private static final int LONGEST = 64;

    /** Reads a column that is there; the rows in the form of the layout stay where they are. */
    static Mono<DateCount> of(Statements statements, Part part, String name) {
        Layout layout = statements.layout();
        String column = statements.column(part, name);
        // not substr: to it a text ends with its first NUL
        String sql = "SELECT iif(length(CAST(" + column + " AS BLOB)) <= " + LONGEST + ", " + Field.typed(column)
                + ", NULL) AS typed FROM " + layout.quoted(part) + " WHERE NOT ("
                + layout.dates().isOwn(column) + ")"
                + (part == Part.USER ? " AND " + column + " IS NOT NULL" : "");
        return statements
                .database()
                .sql(sql)
                .values()
                .flux()
                .reduce(
                        new DateCount(layout, part, name, 0, 0, 0, 0, 0),
                        (count, row) -> count.with(row.get("typed", String.class)));
    }

    private DateCount with(@Nullable String typed) {
        if (StoredDate.read(typed) != null) {
            return new DateCount(layout, part, name, others + 1, seconds, fractions, beyond, unreadable);
        }
        if (StoredDate.looksLikeSeconds(typed)) {
            boolean isWhole = typed != null && typed.startsWith("integer:");
            return new DateCount(
                    layout, part, name, others, seconds + 1, fractions + (isWhole ? 0 : 1), beyond, unreadable);
        }
        long far = StoredDate.isBeyond(typed) ? 1 : 0;
        return new DateCount(layout, part, name, others, seconds, fractions, beyond + far, unreadable + 1);
    }

    private String label() {
        return layout.table(part) + "." + name;
    }

    /** What was found, one sentence for each form. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        String here = part == Part.USER ? "unverified here" : "passed here";
        if (others > 0) {
            sentences.add(others + " of " + label() + " in the form of another layout, which is read");
        }
        if (seconds > 0) {
            sentences.add(seconds + " of " + label() + " in seconds, by their size: " + here);
        }
        if (unreadable > 0) {
            sentences.add(unreadable + " of " + label() + " in no form that can be read: " + here + ", but Auth.js may "
                    + (part == Part.USER ? "take them for verified" : "serve them as valid"));
        }
        return sentences;
    }

    /** What keeps the column from being one of the layout: one such date is enough. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (seconds > 0) {
            problems.add(inSeconds());
        }
        if (beyond > 0) {
            problems.add("column " + label() + " has " + dates(beyond) + " after the year 9999, which Auth.js may "
                    + (part == Part.USER ? "take for verified" : "serve for ever") + ": "
                    + (layout.dates() == DateForm.EPOCH_MS
                            ? "if milliseconds were multiplied by 1000, run " + divided()
                            : "rewrite them, and mend the program that writes them"));
        }
        return problems;
    }

    /** Another program means seconds. It takes the milliseconds written here for a date after the year 30000. */
    private String inSeconds() {
        String found = "column " + label() + " looks like seconds (" + dates(seconds) + "), and the layout has "
                + layout.dates().words();
        if (layout.dates() != DateForm.EPOCH_MS) {
            return found + ": rewrite them, and mend the program that writes them";
        }
        String mode = layout.name().equals("prisma") ? "unixepoch-ms" : "timestamp_ms";
        return found + " (" + mode + "): set that mode on the Node side, else what is written here "
                + (part == Part.USER ? "is a date far ahead there" : "never ends there") + ", and then run "
                + multiplied();
    }

    /** Only what looks like seconds: the column may hold good dates too. */
    private String multiplied() {
        String column = Layout.quoted(name);
        String value = fractions == 0 ? column + " * 1000" : "CAST(" + column + " * 1000 AS INTEGER)";
        String types = fractions == 0 ? " = 'integer'" : " IN ('integer', 'real')";
        return "UPDATE " + layout.quoted(part) + " SET " + column + " = " + value + " WHERE typeof(" + column + ")"
                + types + " AND " + column + " BETWEEN " + StoredDate.SECONDS_FROM + " AND "
                + (StoredDate.SECONDS_BELOW - 1);
    }

    private String divided() {
        String column = Layout.quoted(name);
        return "UPDATE " + layout.quoted(part) + " SET " + column + " = " + column + " / 1000 WHERE typeof(" + column
                + ") = 'integer' AND " + column + " > " + StoredDate.LAST;
    }

    private static String dates(long number) {
        return number + (number == 1 ? " date" : " dates");
    }
}
