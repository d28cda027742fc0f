package rillite.querysets.migrate.make;

import java.util.List;

/** Changes as the text of one way of a migration. */
final class DraftText {

    /** What tells the migrator to run a file in a rebuild session. */
    private static final String MARKER = "-- rillite: foreign-keys off\n";

    private DraftText() {}

    static String of(List<SchemaChange> changes) {
        StringBuilder text = new StringBuilder(needsRebuild(changes) ? MARKER : "");
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.RebuildTable) {
                // names may hold line breaks
                text.append("-- to ")
                        .append(change.summary().replaceAll("\\s+", " "))
                        .append('\n');
            }
            for (String statement : change.statements()) {
                text.append(statement).append(endsInComment(statement) ? "\n;\n" : ";\n");
            }
        }
        return text.toString();
    }

    /** Whether a table goes or is made anew: with foreign keys on, rows that reference it would go with it. */
    static boolean needsRebuild(List<SchemaChange> changes) {
        return changes.stream()
                .anyMatch(change -> change instanceof SchemaChange.RebuildTable
                        || change instanceof SchemaChange.Drop drop
                                && drop.kind().equals("table"));
    }

    private static boolean endsInComment(String statement) {
        return statement.indexOf("--", statement.lastIndexOf('\n') + 1) >= 0;
    }
}
