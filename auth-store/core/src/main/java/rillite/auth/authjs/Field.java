package rillite.auth.authjs;

/**
 * A column. It is selected in a way that tells the storage class where that matters, whatever type the table declares.
 *
 * @param name as it stands in all layouts
 * @param kind what it holds
 */
record Field(String name, Kind kind) {

    enum Kind {
        TEXT,
        /** A text from outside that rows are found by: it must stay what it is. */
        KEY,
        DATE,
        NUMBER
    }

    static Field of(String name) {
        return new Field(name, Kind.TEXT);
    }

    static Field key(String name) {
        return new Field(name, Kind.KEY);
    }

    static Field of(String name, Kind kind) {
        return new Field(name, kind);
    }

    /** What to select for a column, given as SQL. */
    String selected(String column) {
        return kind == Kind.TEXT || kind == Kind.KEY ? "CAST(" + column + " AS TEXT)" : typed(column);
    }

    /** A value with its storage class. */
    static String typed(String column) {
        return "typeof(" + column + ") || ':' || " + column;
    }
}
