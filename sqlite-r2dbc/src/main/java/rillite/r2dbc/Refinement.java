package rillite.r2dbc;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells apart what SQLite reports as plain SQLITE_ERROR, by its message. The first that matches counts. */
record Refinement(Pattern pattern, ErrorFamily family, String sqlState, String advice) {
    private static final String SPELLING =
            "Check the spelling; names in double quotes that match no column are read as" + " text.";
    private static final List<Refinement> ALL = List.of(
            grammar("42601", "near \".*\": syntax error|incomplete input|unrecognized token: .*", "Correct the SQL."),
            grammar("42S02", "no such (?:table|view): .*", "Check the spelling and whether its migration has run."),
            grammar("42S22", "no such column.*|table .* has no column named .*|unknown column .*", SPELLING),
            grammar(
                    "42883",
                    "no such function: .*|wrong number of arguments to function .*",
                    "Check name and arguments."),
            grammar(
                    "42S01",
                    ".* already exists|there is already (?:a table|an index|a view|another table or index) .*",
                    "Use IF NOT EXISTS or another name."),
            grammar(
                    "21S01",
                    "\\d+ values for \\d+ columns|table .* has \\d+ columns but \\d+ values were supplied"
                            + "|all VALUES must have the same number of terms"
                            + "|SELECTs to the left and right of .* do not have the same number of result columns",
                    "Give each column one value."),
            data("22003", "integer overflow", "The result does not fit 64 bits; use REAL or decimal text."),
            data("22032", "malformed JSON", "Check the text with json_valid."),
            data(
                    "22000",
                    "bad JSON path: .*|JSON path error near .*|JSON cannot hold BLOB values|json_object\\(\\)"
                            + " .*|ESCAPE expression must be a single character|FLAGS parameter to json_valid\\(\\)"
                            + " .*|fts5: .*|unterminated string|unknown special query: .*|malformed MATCH expression:"
                            + " .*|parse error in rank function: .*|expected integer, got .*|invalid Unicode"
                            + " escape|(?:argument of|first argument to|second argument to) .*",
                    "Check the value handed to the function."),
            data(
                    "25001",
                    "cannot start a transaction within a transaction|cannot VACUUM from within a transaction"
                            + "|cannot VACUUM - SQL statements in progress|.* (?:inside|from within) a transaction",
                    "Run it outside a transaction."),
            data("25P01", "cannot (?:commit|rollback) - no transaction is active", "Begin a transaction first."));

    /** The refinement for a message, or null if the code says all that can be said. */
    static @Nullable Refinement of(String message) {
        for (Refinement refinement : ALL) {
            if (refinement.pattern.matcher(message).matches()) {
                return refinement;
            }
        }
        return null;
    }

    private static Refinement grammar(String sqlState, String regex, String advice) {
        return new Refinement(Pattern.compile(regex, Pattern.DOTALL), ErrorFamily.BAD_GRAMMAR, sqlState, advice);
    }

    private static Refinement data(String sqlState, String regex, String advice) {
        return new Refinement(Pattern.compile(regex, Pattern.DOTALL), ErrorFamily.NON_TRANSIENT, sqlState, advice);
    }
}
