package rillite.querysets;

/**
 * How the rows of one shape are reached from the query that reads them, for messages.
 *
 * @param table the table of that query
 * @param way the relations that lead to the rows, {@code books__tags}; empty for the rows of the query itself
 */
record Origin(String table, String way) {

    static Origin of(String table) {
        return new Origin(table, "");
    }

    Origin then(String relation) {
        return new Origin(table, path(relation));
    }

    /** The path to a relation of the rows, as verbs of the query take it. */
    String path(String relation) {
        return way.isEmpty() ? relation : way + "__" + relation;
    }
}
