package rillite.auth.authjs;

import static java.util.stream.Collectors.joining;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Columns of which two rows may have the same values, and should not.
 *
 * @param part the table, which has them all
 * @param columns their names
 * @param index a name for the index that is wanted
 */
record MissingKey(Part part, List<String> columns, String index) {

    /** Copies the list. */
    MissingKey {
        columns = List.copyOf(columns);
    }

    /** What is wrong, and the statement that mends it, with what must be done before. */
    Mono<String> told(Statements statements) {
        Layout layout = statements.layout();
        String table = layout.quoted(part);
        String quoted = columns.stream().map(Layout::quoted).collect(joining(", "));
        String wrong = "key " + layout.table(part) + "(" + String.join(",", columns) + ") is not unique";
        String mend = "run CREATE UNIQUE INDEX " + Layout.quoted(index) + " ON " + table + " (" + quoted + ")";
        String present = columns.stream()
                .map(column -> statements.column(part, column) + " IS NOT NULL")
                .collect(joining(" AND "));
        String names =
                columns.stream().map(column -> statements.column(part, column)).collect(joining(", "));
        return statements
                .number("SELECT count(*) AS number FROM (SELECT 1 FROM " + table + " WHERE " + present + " GROUP BY "
                        + names + " HAVING count(*) > 1)")
                .map(number -> number == 0
                        ? wrong + ": " + mend
                        : wrong + ", and " + number + (number == 1 ? " value is" : " values are")
                                + " there more than once: delete or change such rows first, then " + mend);
    }
}
