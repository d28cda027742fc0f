package rillite.querysets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Column names and values in a fixed order; unlike {@link Map#of} it takes null values. Immutable. */
public final class Fields {

    private static final Fields EMPTY = new Fields(Map.of());

    private final Map<String, @Nullable Object> values;

    private Fields(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** No fields. */
    public static Fields empty() {
        return EMPTY;
    }

    /** Names and values in turn: {@code Fields.of("name", "x", "age", null)}. A name must not come twice. */
    public static Fields of(String name, @Nullable Object value, @Nullable Object... more) {
        return ofPairs(Pair.of(name, value, more));
    }

    /** The entries of a map in its order. */
    public static Fields of(Map<String, ? extends @Nullable Object> values) {
        return ofPairs(Pair.of(values));
    }

    /** The values of a row under the names of the query that read it. */
    public static Fields of(Row row) {
        return new Fields(row.asMap());
    }

    private static Fields ofPairs(List<Pair> pairs) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            if (values.containsKey(pair.key())) {
                throw Errors.invalidQuery("The field \"" + pair.key() + "\" is given twice.");
            }
            values.put(pair.key(), pair.value());
        }
        return new Fields(values);
    }

    /** These fields and one more; a field of that name is replaced. */
    public Fields with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Fields(more);
    }

    /** These fields and what is assigned to a column: {@code with(AUTHOR.name.to("x"))}. */
    public Fields with(Assign<?> assign) {
        return with(assign.name(), assign.value());
    }

    /** Names and values, unmodifiable, in order. */
    public Map<String, @Nullable Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fields fields && fields.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }
}
