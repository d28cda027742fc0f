package rillite.querysets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row with values that were computed beside it by {@code annotate}. Read-only.
 *
 * @param <T> what the row is read as
 */
public final class Annotated<T> {

    private final T value;
    private final Map<String, @Nullable Object> annotations;

    private Annotated(T value, Map<String, @Nullable Object> annotations) {
        this.value = value;
        this.annotations = annotations;
    }

    /** The row. */
    public T value() {
        return value;
    }

    /**
     * A computed value, null for NULL.
     *
     * @param expr as given to {@code annotate}
     * @throws UnknownFieldException the query did not compute it
     */
    @SuppressWarnings("unchecked")
    public <V> @Nullable V get(Expr<?, V> expr) {
        String name = name(expr);
        if (!annotations.containsKey(name)) {
            throw Errors.unknownField(name, name, "the annotated row", List.copyOf(annotations.keySet()));
        }
        return (V) annotations.get(name);
    }

    /** The query with these values, of which the mapper makes whole rows. */
    static <R, T> Projection<R, Annotated<T>> query(
            QueryState state, Function<Row, T> mapper, Expr<? super R, ?>[] exprs) {
        QueryState annotated = add(state, exprs, true);
        if (mapper instanceof RecordReader<T> records) {
            return new Projection<>(
                    annotated, records.then(value -> cells -> new Annotated<>(value, values(cells, exprs))));
        }
        return new Projection<>(annotated, row -> new Annotated<>(mapper.apply(row), values(Cells.of(row), exprs)));
    }

    static QueryState add(QueryState state, Expr<?, ?>[] exprs, boolean selected) {
        if (exprs.length == 0) {
            throw Errors.invalidQuery("annotate and alias of \"" + state.table() + "\" need at least one value.");
        }
        QueryState next = state;
        for (Expr<?, ?> expr : exprs) {
            ExprNode.Named named = (ExprNode.Named) requireNamed(expr);
            next = next.annotate(named.name(), named.node(), selected);
        }
        return next;
    }

    private static Map<String, @Nullable Object> values(Cells row, Expr<?, ?>[] exprs) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Expr<?, ?> expr : exprs) {
            String name = name(expr);
            values.put(name, row.orNull(row.position(name), expr.type()));
        }
        return values;
    }

    private static String name(Expr<?, ?> expr) {
        return ((ExprNode.Named) requireNamed(expr)).name();
    }

    private static ExprNode requireNamed(Expr<?, ?> expr) {
        if (!(expr.node() instanceof ExprNode.Named)) {
            throw Errors.invalidQuery("An annotation needs a name: call as(\"name\") on it, and keep what it returns.");
        }
        return expr.node();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Annotated<?> annotated
                && annotated.value.equals(value)
                && annotated.annotations.equals(annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, annotations);
    }

    /** The row, and names and values of what was computed. */
    @Override
    public String toString() {
        return value + " with " + Collections.unmodifiableMap(annotations);
    }
}
