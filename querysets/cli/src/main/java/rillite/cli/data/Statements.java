package rillite.cli.data;

import java.util.List;
import java.util.Set;
import rillite.cli.Refusal;
import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.r2dbc.SqliteScript;

/** What was typed as a query: one SQL statement, or a QuerySet. */
final class Statements {

    private static final Set<String> SQL = Set.of(
            "SELECT",
            "WITH",
            "VALUES",
            "PRAGMA",
            "EXPLAIN",
            "INSERT",
            "UPDATE",
            "DELETE",
            "REPLACE",
            "CREATE",
            "DROP",
            "ALTER",
            "ANALYZE",
            "REINDEX",
            "VACUUM",
            "ATTACH",
            "DETACH",
            "BEGIN",
            "COMMIT",
            "END",
            "ROLLBACK",
            "SAVEPOINT",
            "RELEASE");
    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "PRAGMA", "EXPLAIN");

    private Statements() {}

    /** Whether the text is SQL; a table whose name is a verb of SQL is written in quotes. */
    static boolean isSql(String text) {
        List<SqliteScript.Statement> statements = statements(text);
        if (statements.isEmpty()) {
            return false;
        }
        String sql = statements.get(0).sql();
        String verb = verb(statements.get(0));
        return SQL.contains(verb)
                && !sql.substring(verb.length()).stripLeading().startsWith(".");
    }

    /**
     * The one statement of the text.
     *
     * @throws Refusal there is none, or there are several
     */
    static SqliteScript.Statement single(String text) {
        List<SqliteScript.Statement> statements = statements(text);
        if (statements.size() != 1) {
            throw new Refusal(
                    statements.isEmpty()
                            ? "There is no statement in the text."
                            : "One statement is expected, and there are " + statements.size() + ".");
        }
        return statements.get(0);
    }

    private static List<SqliteScript.Statement> statements(String text) {
        try {
            return SqliteScript.of(text).statements();
        } catch (IllegalArgumentException e) {
            throw new Refusal("The query cannot be sent: " + e.getMessage() + ".", e);
        }
    }

    private static String verb(SqliteScript.Statement statement) {
        String verb = statement.verb();
        int blank = verb.indexOf(' ');
        return blank < 0 ? verb : verb.substring(0, blank);
    }

    /** Whether the statement gives rows and changes none. */
    static boolean isReading(SqliteScript.Statement statement) {
        return READING.contains(verb(statement)) && !statement.changesRows();
    }

    /** The QuerySet of a text that is no SQL. */
    static QuerySet<Row> query(Database database, String text) {
        return QueryVerbs.query(database, QueryText.parse(text));
    }
}
