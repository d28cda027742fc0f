package rillite.auth.authjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param unreadable in no form, or missing where there must be one
 */
record DateCount(Layout layout, Part part, String name, long others, long seconds, long unreadable) {

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
                        new DateCount(layout, part, name, 0, 0, 0),
                        (count, row) -> count.with(row.get("typed", String.class)));
    }

    private DateCount with(@Nullable String typed) {
        if (StoredDate.read(typed) != null) {
            return new DateCount(layout, part, name, others + 1, seconds, unreadable);
        }
        return StoredDate.looksLikeSeconds(typed)
                ? new DateCount(layout, part, name, others, seconds + 1, unreadable)
                : new DateCount(layout, part, name, others, seconds, unreadable + 1);
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

    /**
     * What keeps the column from being one of the layout: another program means seconds. It takes the milliseconds written here
     * for a date after the year 30000, so one such value is enough.
     */
    Optional<String> problem() {
        if (seconds == 0) {
            return Optional.empty();
        }
        String found = "column " + label() + " looks like seconds (" + seconds + (seconds == 1 ? " date" : " dates")
                + "), and the layout has " + layout.dates().words();
        if (layout.dates() != DateForm.EPOCH_MS) {
            return Optional.of(found + ": rewrite them, and mend the program that writes them");
        }
        String mode = layout.name().equals("prisma") ? "unixepoch-ms" : "timestamp_ms";
        return Optional.of(
                found + " (" + mode + "): set that mode on the Node side and multiply what is stored by 1000,"
                        + " else what is written here "
                        + (part == Part.USER ? "is a date far ahead there" : "never ends there"));
    }
}
