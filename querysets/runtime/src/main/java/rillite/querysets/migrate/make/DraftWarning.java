package rillite.querysets.migrate.make;

import org.jspecify.annotations.Nullable;

/**
 * Something to know before a migration is run.
 *
 * @param kind what it is about
 * @param onRollback whether it is about the way down
 * @param subject the table or column, as in {@code book.isbn}
 * @param text what happens, in plain words
 * @param findSql a query, for the database as it is now, that gives the rows in question; null where there is none
 * @param rows how many rows that are in the database that was compared, counted up to 1,000,001; -1 where nobody counted
 */
public record DraftWarning(
        Kind kind,
        boolean onRollback,
        String subject,
        String text,
        @Nullable String findSql,
        long rows) {

    /** What a warning is about. */
    public enum Kind {
        /** Data is gone afterwards. */
        LOSS,
        /** All rows of a table are copied. */
        REBUILD,
        /** Values are stored in another form, or do not fit. */
        VALUES,
        /** Rows may be in the way of a constraint; then the migration fails and changes nothing. */
        CONSTRAINT,
        /** A part of the desired schema was passed over. */
        IGNORED
    }

    static DraftWarning of(Kind kind, boolean onRollback, String subject, String text) {
        return new DraftWarning(kind, onRollback, subject, text, null, -1);
    }

    DraftWarning counted(long found) {
        return new DraftWarning(kind, onRollback, subject, text, findSql, found);
    }

    /** The text, and the count where there is one. */
    @Override
    public String toString() {
        String count = rows < 0 ? "" : " Rows now: " + (rows > 1_000_000 ? "more than 1,000,000" : rows) + ".";
        return (onRollback ? "Rollback: " : "") + text + count;
    }
}
