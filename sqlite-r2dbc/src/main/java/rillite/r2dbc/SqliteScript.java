package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rillite.r2dbc.SqlTokens.Token;

/**
 * A SQL text cut into its statements where this driver, and SQLite, cut it: strings, quoted names, comments and the bodies
 * of triggers are known. Needs no database. Immutable.
 *
 * <p>Indexes are those of the text that was given.
 */
public final class SqliteScript {

    /** What a statement means for the transaction around it. */
    public enum Kind {
        /** Reads, changes rows, changes the schema, or is text that SQLite will refuse. */
        ORDINARY,
        /** Runs outside of transactions only, such as VACUUM and {@code PRAGMA journal_mode}. */
        OUTSIDE,
        /** Begins, ends or divides a transaction. */
        CONTROL,
        /** Needs a connection of its own: ATTACH, TEMP tables, PRAGMAs of the connection. */
        SESSION
    }

    /**
     * One statement.
     *
     * @param sql its text, without the comments in front of it and without its semicolon
     * @param start where its first word begins
     * @param end where its last word ends
     * @param verb its first words in upper case, such as {@code CREATE TABLE}, {@code INSERT} or {@code PRAGMA JOURNAL_MODE}
     * @param kind what it means for a transaction
     * @param parameters the number of its bind markers
     * @param changesRows whether it is an INSERT, UPDATE, DELETE or REPLACE, also behind WITH
     * @param returning whether it changes rows and gives them back
     */
    public record Statement(
            String sql,
            int start,
            int end,
            String verb,
            Kind kind,
            int parameters,
            boolean changesRows,
            boolean returning) {}

    /**
     * A comment that runs to the end of its line, between two statements.
     *
     * @param text what follows the two hyphens, without blanks around it
     * @param start where the hyphens begin
     */
    public record Comment(String text, int start) {}

    private final List<Statement> statements;
    private final List<Comment> comments;

    private SqliteScript(List<Statement> statements, List<Comment> comments) {
        this.statements = List.copyOf(statements);
        this.comments = List.copyOf(comments);
    }

    /**
     * Cuts a text.
     *
     * @throws IllegalArgumentException for U+0000 and lone surrogates, which SQLite cannot be given
     */
    public static SqliteScript of(String text) {
        List<Statement> statements = new ArrayList<>();
        List<Comment> comments = new ArrayList<>();
        int at = 0;
        for (ParsedStatement parsed : ParsedSql.of(text).statements()) {
            collect(text, at, parsed.start(), comments);
            statements.add(statement(text, parsed));
            at = parsed.end();
        }
        collect(text, at, text.length(), comments);
        return new SqliteScript(statements, comments);
    }

    /** The statements in order; a text of comments alone has none. */
    public List<Statement> statements() {
        return statements;
    }

    /** The comments between statements, in order; those of the form {@code /* .. *}{@code /} are left out. */
    public List<Comment> comments() {
        return comments;
    }

    /** Between two statements stand only blanks, semicolons and comments. */
    private static void collect(String text, int from, int to, List<Comment> comments) {
        int at = from;
        while (at < to) {
            if (text.startsWith("--", at)) {
                int line = text.indexOf('\n', at);
                int end = line < 0 || line > to ? to : line;
                comments.add(new Comment(text.substring(at + 2, end).strip(), at));
                at = end;
            } else if (text.startsWith("/*", at)) {
                int close = text.indexOf("*/", at + 2);
                at = close < 0 ? to : close + 2;
            } else {
                at++;
            }
        }
    }

    private static Statement statement(String text, ParsedStatement parsed) {
        String sql = text.substring(parsed.start(), parsed.end());
        String verb = verb(sql, parsed);
        return new Statement(
                sql,
                parsed.start(),
                parsed.end(),
                verb,
                kind(parsed, verb),
                parsed.parameterCount(),
                parsed.kind() == StatementKind.DML,
                parsed.returning());
    }

    private static Kind kind(ParsedStatement parsed, String verb) {
        return switch (parsed.kind()) {
            case BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, SET_TRANSACTION_READ_ONLY -> Kind.CONTROL;
            case SESSION -> Kind.SESSION;
            case SERVICE -> Kind.OUTSIDE;
            case BARRIER ->
                verb.equals("VACUUM") || Transactions.isOnlyOutside(parsed.name()) ? Kind.OUTSIDE : Kind.ORDINARY;
            default -> Kind.ORDINARY;
        };
    }

    private static String verb(String sql, ParsedStatement parsed) {
        SqlTokens tokens = new SqlTokens(sql);
        if (tokens.next() != Token.WORD) {
            return "";
        }
        String first = tokens.text().toUpperCase(Locale.ROOT);
        if (first.equals("PRAGMA")) {
            return (first + " " + parsed.name()).strip().toUpperCase(Locale.ROOT);
        }
        if (!first.equals("CREATE") && !first.equals("DROP") && !first.equals("ALTER")) {
            return first;
        }
        StringBuilder verb = new StringBuilder(first);
        boolean more = true;
        while (more && tokens.next() == Token.WORD) {
            String word = tokens.text().toUpperCase(Locale.ROOT);
            verb.append(' ').append(word);
            more = List.of("TEMP", "TEMPORARY", "UNIQUE", "VIRTUAL").contains(word);
        }
        return verb.toString();
    }
}
