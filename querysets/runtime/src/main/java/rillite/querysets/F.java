package rillite.querysets;

import java.util.ArrayList;
import java.util.List;

/** Where dynamic expressions start. */
public final class F {

    private F() {}

    /**
     * The value of a column or annotation, by its name, property name or {@code pk}; a path such as
     * {@code author__name} reaches columns of related rows, and transforms may follow: {@code published__year}.
     */
    public static Expr<Object, Object> of(String key) {
        return new Expr<>(new ExprNode.Key(KeyPath.of(key)));
    }

    /** The value of the column with exactly this name, also when the name contains {@code __}. */
    public static Expr<Object, Object> column(String name) {
        return new Expr<>(new ExprNode.Exact(name));
    }

    /** In a query that is used inside another one: the value of a column of that other query. */
    public static Expr<Object, Object> outer(String key) {
        return new Expr<>(new ExprNode.Outer(key, 1));
    }

    /**
     * In a query that is used inside another one: the value of a column of that other query, for example
     * {@code outer(AUTHOR.id)}; and {@code outer(outer("id"))} is the value of a column one query further out.
     *
     * @throws InvalidQueryException the argument is neither a column nor {@code outer(..)}
     */
    public static <V> Expr<Object, V> outer(Expr<?, V> column) {
        if (column.node() instanceof ExprNode.Outer name) {
            return new Expr<>(new ExprNode.Outer(name.key(), name.levels() + 1));
        }
        if (column instanceof Col<?, ?> named) {
            Place<?> place = Place.of(named);
            return new Expr<>(new ExprNode.Outer(place.path().text(), 1), place.type());
        }
        throw Errors.invalidQuery(
                "F.outer takes the name of a column, or F.outer(..) for a query further out; for other expressions"
                        + " compute with F.outer(\"..\").");
    }

    /** In the values of an upsert: what the column was to get from the new row. */
    public static <R, V> Expr<R, V> excluded(Col<R, V> column) {
        return new Expr<>(new ExprNode.Excluded(Place.of(column).name()));
    }

    /** In the values of an upsert: what the column was to get from the new row. */
    public static Expr<Object, Object> excluded(String column) {
        return new Expr<>(new ExprNode.Excluded(column));
    }

    /** A constant. */
    public static Expr<Object, Object> value(Object value) {
        return new Expr<>(new ExprNode.Value(value));
    }

    /** A condition as a value: true, false, or null when it is neither. */
    public static <R> Expr<R, Boolean> test(Q<R> condition) {
        return new Expr<>(new ExprNode.Test(condition.node()), Boolean.class);
    }

    /**
     * SQL of your own, in which {@code {0}}, {@code {1}} .. stand for the arguments: expressions become columns,
     * anything else is bound. Never put input of users into the text.
     *
     * @param type of the value, for example {@code String.class}
     * @throws InvalidQueryException a number in braces has no argument
     */
    public static <V> Expr<Object, V> raw(String sql, Class<V> type, Object... arguments) {
        List<String> texts = new ArrayList<>();
        List<ExprNode> used = new ArrayList<>();
        int start = 0;
        for (int open = sql.indexOf('{'); open >= 0; open = sql.indexOf('{', open + 1)) {
            int close = sql.indexOf('}', open);
            String number = close < 0 ? "" : sql.substring(open + 1, close);
            if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9') || number.length() > 3) {
                continue;
            }
            int index = Integer.parseInt(number);
            if (index >= arguments.length) {
                throw Errors.invalidQuery("The SQL \"" + sql + "\" asks for argument " + index + ", but there are "
                        + arguments.length + ".");
            }
            texts.add(sql.substring(start, open));
            used.add(ExprNode.ofValue(arguments[index]));
            start = close + 1;
        }
        texts.add(sql.substring(start));
        return new Expr<>(new ExprNode.Raw(texts, used, Types.of(type)), type);
    }
}
