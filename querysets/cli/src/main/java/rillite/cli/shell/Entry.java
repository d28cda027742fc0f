package rillite.cli.shell;

import java.util.List;
import rillite.cli.data.Queries;
import rillite.r2dbc.SqliteScript;

/**
 * Text as it was typed so far: a command that begins with a dot, in one line; SQL up to a semicolon; or a QuerySet up to
 * its last bracket.
 */
final class Entry {

    private Entry() {}

    static boolean isDotCommand(String text) {
        return text.stripLeading().startsWith(".");
    }

    /** Whether it can run as it is; else more lines belong to it. */
    static boolean isComplete(String text) {
        if (isDotCommand(text)) {
            return true;
        }
        List<SqliteScript.Statement> statements = statements(text);
        if (statements.isEmpty()) {
            return !text.contains("/*") || text.contains("*/");
        }
        if (!Queries.isSql(text)) {
            return isBalanced(text);
        }
        String rest = text.substring(statements.get(statements.size() - 1).end());
        return rest.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", "").contains(";");
    }

    private static boolean isBalanced(String text) {
        // possessive, as it takes a piece of the stack for each character otherwise
        String bare = text.replaceAll("'(?:[^']++|'')*+'|\"(?:[^\"]++|\"\")*+\"", "");
        long open = bare.chars().filter(c -> c == '(' || c == '[').count();
        long closed = bare.chars().filter(c -> c == ')' || c == ']').count();
        return open <= closed && bare.indexOf('\'') < 0;
    }

    /** Its statements; text that SQLite cannot be given is one, which SQLite then refuses. */
    static List<SqliteScript.Statement> statements(String text) {
        return SqliteScript.of(text).statements();
    }
}
