package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a migration, with its placeholders replaced.
 *
 * @param place where it is written: a file, a resource, or the name it was given under
 * @param mode how it runs
 * @param statements in order; a way back may have none
 */
public record MigrationScript(String place, Mode mode, List<Statement> statements) {

    /** How the statements of a script run. */
    public enum Mode {
        /** In one transaction, with its row of the history. */
        TRANSACTION,
        /** The same, with foreign keys not enforced but checked before the commit. */
        REBUILD,
        /** Each by itself, outside of transactions; the row of the history follows them. */
        ALONE
    }

    /**
     * One statement.
     *
     * @param sql its text, without a semicolon
     * @param line where it begins, counted from 1
     */
    public record Statement(String sql, int line) {}

    public MigrationScript {
        statements = List.copyOf(statements);
    }

    /** The lines of a range that hold a part of a statement, without blank ones. */
    List<MigrationStatus.Line> lines(int first, int last) {
        List<MigrationStatus.Line> lines = new ArrayList<>();
        for (Statement statement : statements) {
            List<String> texts = statement.sql().lines().toList();
            for (int i = 0; i < texts.size(); i++) {
                int number = statement.line() + i;
                if (number >= first && number <= last && !texts.get(i).isBlank()) {
                    lines.add(new MigrationStatus.Line(number, texts.get(i).strip()));
                }
            }
        }
        return lines;
    }
}
