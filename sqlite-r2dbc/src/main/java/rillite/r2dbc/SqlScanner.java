package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import rillite.r2dbc.SqlTokens.Token;

/** Cuts a SQL text into its statements in one pass. */
final class SqlScanner {
    private final String sql;
    private final SqlTokens tokens;
    private final ParameterSpace space = new ParameterSpace();
    private final List<ParsedStatement> statements = new ArrayList<>();

    private SqlScanner(String sql) {
        this.sql = sql;
        this.tokens = new SqlTokens(sql);
    }

    static ParsedSql scan(String sql) {
        SqlScanner scanner = new SqlScanner(SqlText.valid(sql, "sql"));
        int from = 0;
        while (scanner.statement(from)) {
            from = scanner.tokens.end();
        }
        return new ParsedSql(sql, scanner.statements, scanner.space);
    }

    /** Scans the statement that begins at {@code from}; false when the text ended with it. */
    private boolean statement(int from) {
        StatementShape shape = new StatementShape();
        StatementMarkers markers = new StatementMarkers(sql, space, statements.isEmpty());
        int tail = from;
        Token token = tokens.next();
        int first = tokens.start();
        while (token != Token.END && !(token == Token.SEMICOLON && shape.endsAtSemicolon())) {
            if (token != Token.SEMICOLON) {
                shape.accept(token, tokens);
            }
            if (token == Token.MARKER && !shape.moduleArguments()) {
                markers.add(tokens.start(), tokens.end());
            }
            tail = tokens.end();
            token = tokens.next();
        }
        if (tail > from) {
            add(shape, markers.render(SqlTokens.skipBlanks(sql, from), end(tail, tokens.start()), tail), first, tail);
        }
        return token != Token.END;
    }

    private void add(StatementShape shape, StatementMarkers.Rendered rendered, int first, int tail) {
        statements.add(new ParsedStatement(
                rendered,
                StatementClassifier.classify(shape),
                shape.returning(),
                shape.connectionFunction(),
                first,
                tail));
    }

    private int end(int tail, int to) {
        int end = to;
        while (end > tail && SqlTokens.isBlank(sql.charAt(end - 1))) {
            end--;
        }
        // an open comment needs a character after its two: SQLite reads a bare one at the end as operators
        return sql.startsWith("/*", end - 2) ? to : end;
    }
}
