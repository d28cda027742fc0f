package rillite.querysets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

    static Fields fields(Assign<?> first, Assign<?>[] more) {
        List<Assign<?>> assigns = new ArrayList<>(List.of(more));
        assigns.add(0, first);
        return fields(assigns);
    }

    static Fields fields(Assign<?>[] assigns) {
        return fields(List.of(assigns));
    }

    static Fields fields(Collection<? extends Assign<?>> assigns) {
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

    /** Columns and values as conditions of equality. */
    static List<Pair> pairs(Collection<? extends Assign<?>> assigns) {
        fields(assigns);
        List<Pair> pairs = new ArrayList<>(assigns.size());
        for (Assign<?> assign : assigns) {
            pairs.add(new Pair(assign.column, assign.value));
        }
        return pairs;
    }

    /** The column only: values may be secrets. */
    @Override
    public String toString() {
        return "Assign[" + column + "]";
    }
}
