package rillite.querysets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What SQLite has against the query of a full-text search, in our words. */
final class SearchErrors {

    /** How the compiler writes a search; SQL of others looks otherwise. */
    private static final String SEARCH = "\" MATCH ?";

    /** What SQLite says, without the sentences that drivers put around it. */
    private static final Pattern REASON = Pattern.compile(
            "(fts5: .*?|unterminated string|unknown special query: .*?|no such column: .*?)(?:\\. [A-Z]|\\)?$)",
            Pattern.DOTALL);

    private SearchErrors() {}

    /** The error of a statement, or a clearer one when it is about the query of a search. */
    static Throwable explained(Throwable error, String sql) {
        if (error instanceof QueryException || !sql.contains(SEARCH)) {
            return error;
        }
        Throwable first = error;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        Matcher reason = REASON.matcher(String.valueOf(first.getMessage()));
        return reason.find()
                ? new InvalidValueException(
                        "The query of a full-text search is not understood by FTS5: "
                                + reason.group(1).strip()
                                + ". Text of users goes through Fts.words(..) or Fts.phrase(..), which quote it.",
                        error)
                : error;
    }
}
