package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.List;
import rillite.r2dbc.SqliteScript;
import rillite.r2dbc.SqliteScript.Kind;

/** Makes a script of a text and refuses statements that a migration must not hold. */
final class ScriptReader {

    private final String place;
    private final String text;
    private final Directives directives;
    private final int firstLine;
    private int counted;
    private int line;

    /**
     * @param firstLine the number of the first line of the text in its file
     */
    private ScriptReader(String place, String text, int firstLine) {
        this.place = place;
        this.text = text;
        this.firstLine = firstLine;
        line = firstLine;
        directives = new Directives(place);
    }

    /** A way up or down; a way down may be empty. */
    static MigrationScript read(String place, String text, int firstLine, boolean up) {
        return new ScriptReader(place, text, firstLine).read(up);
    }

    private MigrationScript read(boolean up) {
        SqliteScript script = cut(place, text);
        for (SqliteScript.Comment comment : script.comments()) {
            directives.comment(comment.text(), lineOf(comment.start()));
        }
        counted = 0;
        line = firstLine;
        List<MigrationScript.Statement> statements = new ArrayList<>();
        for (SqliteScript.Statement statement : script.statements()) {
            int at = lineOf(statement.start());
            check(statement, at);
            if (directives.statement(statement.verb())) {
                statements.add(new MigrationScript.Statement(statement.sql(), at));
            }
        }
        if (up && statements.isEmpty()) {
            throw MigrationErrors.invalid(place, "holds no statement.");
        }
        return new MigrationScript(place, directives.mode(), statements);
    }

    /** Cuts a text whose zero characters were refused before. */
    static SqliteScript cut(String place, String text) {
        try {
            return SqliteScript.of(text);
        } catch (IllegalArgumentException e) {
            throw MigrationErrors.unreadable(place, "is no SQL text: " + e.getMessage(), e);
        }
    }

    /** Places are asked for in ascending order, so that a long text is counted once. */
    private int lineOf(int index) {
        line += TextFile.line(text.subSequence(counted, index), index - counted) - 1;
        counted = index;
        return line;
    }

    private void check(SqliteScript.Statement statement, int at) {
        String verb = statement.verb();
        if (statement.parameters() > 0) {
            throw refused(
                    at,
                    verb + " has a bind marker, and a migration has no values to bind. Quote text that contains"
                            + " ?, :, @ or $.");
        }
        if (statement.kind() == Kind.CONTROL) {
            throw refused(at, verb + " is the migrator's: each migration is one transaction already. Remove it.");
        }
        boolean outside = statement.kind() == Kind.OUTSIDE || verb.equals("ATTACH") || verb.equals("DETACH");
        if (directives.isAlone()) {
            boolean repeatable =
                    outside || verb.startsWith("PRAGMA ") || verb.equals("ANALYZE") || verb.equals("REINDEX");
            if (!repeatable) {
                throw refused(
                        at,
                        verb + " belongs into a transaction, and this file says \"-- rillite: no-transaction\":"
                                + " move it into a migration of its own.");
            }
        } else if (outside) {
            throw refused(
                    at,
                    verb + " cannot run in a transaction. Move it into a migration of its own that says"
                            + " \"-- rillite: no-transaction\".");
        }
    }

    private InvalidMigrationException refused(int at, String why) {
        return MigrationErrors.invalid(place, at, why);
    }
}
