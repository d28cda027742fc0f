package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rillite.r2dbc.SqlTokens.Token;

/**
 * What the scanner learns about one statement while its tokens pass by: the first tokens of the part that acts (after
 * EXPLAIN and after the list of common table expressions), RETURNING, and where a trigger's body ends.
 */
final class StatementShape {
    private enum Stage {
        START,
        EXPLAIN,
        CTE_FIRST,
        CTE_NAME,
        CTE_AS,
        CTE_BODY,
        CTE_END,
        ACTION
    }

    private enum Body {
        NONE,
        INSIDE,
        AFTER_SEMICOLON,
        AFTER_END
    }

    private static final int HEAD = 12;
    private static final List<String> CONNECTION_FUNCTIONS = List.of("LAST_INSERT_ROWID", "CHANGES", "TOTAL_CHANGES");

    private final List<Lexeme> head = new ArrayList<>(HEAD);
    private Stage stage = Stage.START;
    private Body body = Body.NONE;
    private int size;
    private int depth;
    private boolean explained;
    private boolean returning;
    private boolean moduleArguments;
    private @Nullable String word;
    private @Nullable String called;
    private @Nullable String connectionFunction;

    /** The first tokens of the acting part, at most twelve. */
    List<Lexeme> head() {
        return head;
    }

    /** The number of tokens of the acting part. */
    int size() {
        return size;
    }

    boolean explained() {
        return explained;
    }

    boolean returning() {
        return returning;
    }

    /** Whether markers are mere text here: the arguments of a virtual table belong to its module. */
    boolean moduleArguments() {
        return moduleArguments;
    }

    /** The first function called here that tells of the connection, such as {@code changes}; null when there is none. */
    @Nullable String connectionFunction() {
        return connectionFunction;
    }

    /** Takes the semicolon the cursor stands on and tells whether the statement ends there. */
    boolean endsAtSemicolon() {
        if (body == Body.NONE || body == Body.AFTER_END) {
            return true;
        }
        body = Body.AFTER_SEMICOLON;
        return false;
    }

    /** Takes any other token. */
    void accept(Token token, SqlTokens tokens) {
        if (body != Body.NONE) {
            body = body == Body.AFTER_SEMICOLON && tokens.is("END") ? Body.AFTER_END : Body.INSIDE;
        }
        if (token == Token.OPEN) {
            depth++;
        } else if (token == Token.CLOSE) {
            depth--;
        }
        recognizeCall(token, tokens);
        advance(token, tokens);
    }

    /** A word, an opening and a closing parenthesis: so no column list and no table function. */
    private void recognizeCall(Token token, SqlTokens tokens) {
        if (token == Token.CLOSE && called != null && connectionFunction == null) {
            connectionFunction = called;
        }
        called = token == Token.OPEN ? word : null;
        word = null;
        if (token == Token.WORD) {
            for (String function : CONNECTION_FUNCTIONS) {
                word = tokens.is(function) ? function.toLowerCase(Locale.ROOT) : word;
            }
        }
    }

    private void advance(Token token, SqlTokens tokens) {
        switch (stage) {
            case START -> {
                if (token == Token.OPEN) {
                    return;
                }
                if (tokens.is("EXPLAIN")) {
                    explained = true;
                    stage = Stage.EXPLAIN;
                } else {
                    begin(token, tokens);
                }
            }
            case EXPLAIN -> {
                if (!tokens.is("QUERY") && !tokens.is("PLAN")) {
                    begin(token, tokens);
                }
            }
            case CTE_FIRST -> stage = tokens.is("RECURSIVE") ? Stage.CTE_NAME : Stage.CTE_AS;
            case CTE_NAME -> stage = Stage.CTE_AS;
            case CTE_AS -> {
                if (depth == 0 && tokens.is("AS")) {
                    stage = Stage.CTE_BODY;
                }
            }
            case CTE_BODY -> {
                if (depth == 0 && token == Token.CLOSE) {
                    stage = Stage.CTE_END;
                }
            }
            case CTE_END -> {
                if (token == Token.COMMA) {
                    stage = Stage.CTE_NAME;
                } else {
                    stage = Stage.ACTION;
                    act(token, tokens);
                }
            }
            case ACTION -> act(token, tokens);
        }
    }

    private void begin(Token token, SqlTokens tokens) {
        if (tokens.is("WITH")) {
            stage = Stage.CTE_FIRST;
        } else {
            stage = Stage.ACTION;
            act(token, tokens);
        }
    }

    private void act(Token token, SqlTokens tokens) {
        size++;
        if (size <= HEAD) {
            head.add(Lexeme.of(token, tokens.text()));
            recognizeCreate();
        }
        if (depth == 0 && token == Token.WORD && tokens.is("RETURNING")) {
            returning = true;
        }
    }

    private void recognizeCreate() {
        if (size == 2 && isWord(0, "CREATE")) {
            moduleArguments = isWord(1, "VIRTUAL");
            body = isWord(1, "TRIGGER") ? Body.INSIDE : Body.NONE;
        } else if (size == 3 && isWord(0, "CREATE") && (isWord(1, "TEMP") || isWord(1, "TEMPORARY"))) {
            body = isWord(2, "TRIGGER") ? Body.INSIDE : Body.NONE;
        }
    }

    private boolean isWord(int index, String keyword) {
        return head.get(index).is(keyword);
    }
}
