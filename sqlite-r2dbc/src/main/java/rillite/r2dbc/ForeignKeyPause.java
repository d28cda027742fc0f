package rillite.r2dbc;

import java.util.List;

/**
 * Foreign keys that one transaction of a connection does without. SQLite changes the setting outside of transactions only,
 * so whoever uses the connection next ends a pause whose transaction is over, however it ended. Confined to the lane of the
 * connection.
 */
final class ForeignKeyPause {
    private static final int LISTED = 5;
    private static final String SETTING = "PRAGMA foreign_keys";
    private static final String VIOLATIONS =
            "SELECT printf('\"%w\"%s references \"%w\"', \"table\", ifnull(' rowid ' || rowid, ''), parent)"
                    + " FROM pragma_foreign_key_check LIMIT " + (LISTED + 1);

    private final SqlitePhysical connection;
    private boolean paused;

    ForeignKeyPause(SqlitePhysical connection) {
        this.connection = connection;
    }

    /** Begins a transaction without foreign keys; where they are not enforced anyway nothing is checked at its end. */
    void start(String begin) {
        boolean enforced = "1".equals(connection.text(SETTING));
        if (enforced) {
            paused = true;
            connection.execAsItIs(SETTING + "=0");
        }
        connection.execAsItIs(begin);
    }

    /** Refuses the end of the transaction while a row has no parent. */
    void check() {
        if (!paused) {
            return;
        }
        List<String> found = connection.texts(VIOLATIONS, LISTED + 1);
        if (!found.isEmpty()) {
            String rows = String.join("; ", found.subList(0, Math.min(found.size(), LISTED)));
            throw Errors.engine(
                    EngineFault.FOREIGN_KEYS_BROKEN,
                    "Rows reference rows that do not exist: " + Quote.of(rows) + (found.size() > LISTED ? "; ..." : ""),
                    null,
                    null);
        }
    }

    /** Enforces foreign keys again once the transaction is over; fails rather than leave them off. */
    void endIfOver() {
        if (!paused || connection.inTransaction()) {
            return;
        }
        connection.execAsItIs(SETTING + "=1");
        paused = false;
        if (!"1".equals(connection.text(SETTING))) {
            paused = true;
            throw Errors.engine(EngineFault.FOREIGN_KEYS_OFF, "PRAGMA foreign_keys stays off", null, null);
        }
    }

    /** The same where an error belongs to nobody: the next use of the connection tries again. */
    void endQuietly(EngineHooks hooks) {
        try {
            endIfOver();
        } catch (RuntimeException e) {
            hooks.unexpected("enforcing foreign keys again", e);
        }
    }
}
