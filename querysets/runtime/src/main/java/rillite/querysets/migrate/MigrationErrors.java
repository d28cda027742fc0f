package rillite.querysets.migrate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the errors of this package are worded. */
final class MigrationErrors {

    private static final int LONGEST = 200;
    private static final int MOST = 20;

    private MigrationErrors() {}

    /** About a file or folder as a whole. */
    static InvalidMigrationException invalid(String place, String message) {
        return new InvalidMigrationException(place, 0, shown(place) + ": " + message, null);
    }

    /** About a line of a file. */
    static InvalidMigrationException invalid(String place, int line, String message) {
        return new InvalidMigrationException(place, line, shown(place) + ", line " + line + ": " + message, null);
    }

    /** About a file or folder that cannot be read. */
    static InvalidMigrationException unreadable(String place, String message, Throwable cause) {
        return new InvalidMigrationException(place, 0, shown(place) + ": " + message, cause);
    }

    /** About a call. */
    static InvalidMigrationException invalidCall(String message) {
        return new InvalidMigrationException(null, 0, message, null);
    }

    /** About a call in a transaction. */
    static InvalidMigrationException insideTransaction(String verb, @Nullable Throwable cause) {
        return new InvalidMigrationException(
                null,
                0,
                "Cannot " + verb
                        + " inside of a transaction: each migration is a transaction of its own, and would wait"
                        + " for the one around it. Call it before that transaction or after it.",
                cause);
    }

    /**
     * @param verb what was asked for
     * @param conflicts at least one
     */
    static MigrationConflictException conflict(String verb, String set, List<MigrationStatus.Entry> conflicts) {
        StringBuilder text = new StringBuilder("Cannot " + verb + " the set \"" + set
                + "\": files and history do not fit together. Nothing was changed.");
        for (MigrationStatus.Entry entry : conflicts.subList(0, Math.min(conflicts.size(), MOST))) {
            text.append("\n- ").append(entry).append(": ").append(entry.note());
        }
        if (conflicts.size() > MOST) {
            text.append("\n- and ").append(conflicts.size() - MOST).append(" more");
        }
        return new MigrationConflictException(text.toString(), conflicts);
    }

    static MigrationFailedException history(String message, @Nullable Throwable cause) {
        return new MigrationFailedException("", null, 0, message, cause);
    }

    /** Foreign text on one line of a message: control characters escaped, cut after 200 characters. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return text.length() > LONGEST ? out.append("...").toString() : out.toString();
    }
}
