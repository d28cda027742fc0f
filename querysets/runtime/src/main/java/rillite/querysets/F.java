package rillite.querysets;

/** Where dynamic expressions start. */
public final class F {

    private F() {}

    /** The value of a column, by its name, property name or {@code pk}. */
    public static Expr<Object, Object> of(String key) {
        return new Expr<>(new Expr.Key(key, false));
    }

    /** The value of the column with exactly this name, also when the name contains {@code __}. */
    public static Expr<Object, Object> column(String name) {
        return new Expr<>(new Expr.Key(name, true));
    }
}
