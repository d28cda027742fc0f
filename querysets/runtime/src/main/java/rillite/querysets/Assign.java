package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column and the value it is to have, made by {@code AUTHOR.name.to("x")}. Immutable.
 *
 * @param <R> rows of the table of the column
 */
public final class Assign<R> {

    private final KeyPath column;
    private final @Nullable Object value;

    private Assign(KeyPath column, @Nullable Object value) {
        this.column = column;
        this.value = value;
    }

    static <R> Assign<R> of(Col<R, ?> column, @Nullable Object value) {
        return new Assign<>(Place.of(column).path(), ((Expr<?, ?>) column).stored(value));
    }

    String name() {
        return column.text();
    }

    @Nullable Object value() {
        return value;
    }

    static Fields fields(Assign<?>[] assigns) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Assign<?> assign : assigns) {
            String name = assign.column.text();
            if (fields.containsKey(name)) {
                throw Errors.invalidQuery("The field \"" + name + "\" is given twice.");
            }
            fields.put(name, assign.value);
        }
        return Fields.of(fields);
    }

    /** The column only: values may be secrets. */
    @Override
    public String toString() {
        return "Assign[" + column + "]";
    }
}
