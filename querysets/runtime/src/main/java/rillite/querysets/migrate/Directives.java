package rillite.querysets.migrate;

import java.util.List;
import rillite.querysets.migrate.MigrationScript.Mode;

/** What comments of a file tell the migrator: a line <code>-- rillite: no-transaction</code> and the like. */
final class Directives {

    private static final String PREFIX = "rillite:";
    private static final String ALONE = "no-transaction";
    private static final String OFF = "foreign-keys off";
    private static final String ON = "foreign-keys on";
    private static final List<String> KNOWN = List.of(ALONE, OFF, ON);

    private final String place;
    private boolean alone;
    private boolean off;
    private boolean on;
    private boolean dropsTable;
    private boolean setsForeignKeys;

    Directives(String place) {
        this.place = place;
    }

    /** Takes a comment; those that are for people are left alone. */
    void comment(String text, int line) {
        if (!text.startsWith(PREFIX)) {
            return;
        }
        String said = text.substring(PREFIX.length()).strip().replaceAll("\\s+", " ");
        switch (said) {
            case ALONE -> alone = true;
            case OFF -> off = true;
            case ON -> on = true;
            default ->
                throw MigrationErrors.invalid(
                        place,
                        line,
                        "\"-- rillite: " + MigrationErrors.shown(said) + "\" is not known. Known: "
                                + String.join(", ", KNOWN) + ".");
        }
        if ((alone ? 1 : 0) + (off ? 1 : 0) + (on ? 1 : 0) > 1) {
            throw MigrationErrors.invalid(
                    place, line, "\"-- rillite: " + said + "\" contradicts the one before it. Keep one of them.");
        }
    }

    /** Takes the verb of a statement; false for one that only says what a directive says. */
    boolean statement(String verb) {
        dropsTable |= verb.equals("DROP TABLE");
        boolean pragma = verb.equals("PRAGMA FOREIGN_KEYS");
        setsForeignKeys |= pragma;
        return !pragma || alone;
    }

    boolean isAlone() {
        return alone;
    }

    /**
     * How the script runs. A table that is dropped takes the rows along that reference it, or cannot be dropped, unless
     * foreign keys are off.
     */
    Mode mode() {
        if (alone) {
            return Mode.ALONE;
        }
        if (on && setsForeignKeys) {
            throw MigrationErrors.invalid(
                    place, "\"-- rillite: foreign-keys on\" contradicts its PRAGMA foreign_keys. Keep one of them.");
        }
        return off || setsForeignKeys || (dropsTable && !on) ? Mode.REBUILD : Mode.TRANSACTION;
    }
}
