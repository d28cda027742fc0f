package rillite.r2dbc;

/**
 * One row of one table has changed, and the change is committed.
 *
 * @param table the table, as its definition spells it
 * @param kind what happened to the row
 * @param rowid the rowid of the row, which is its INTEGER PRIMARY KEY where it has one; after an UPDATE of the rowid itself
 *     the new one
 */
public record SqliteChange(String table, Kind kind, long rowid) {
    /** What happens to rows. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
