package rillite.querysets.advice;

/** Names as SQL. */
final class Quoting {

    private Quoting() {}

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
