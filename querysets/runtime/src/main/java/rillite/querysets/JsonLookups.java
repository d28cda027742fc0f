package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Text;
import rillite.querysets.schema.ColumnType;

/**
 * Keys that go into a JSON value: {@code meta__address__city}, {@code meta__tags__0}, {@code meta__has_key}. The path is
 * quoted and bound, never part of the text.
 */
final class JsonLookups {

    private static final String HAS_KEY = "has_key";
    private static final String HAS_KEYS = "has_keys";
    private static final String HAS_ANY_KEYS = "has_any_keys";

    private final Names names;
    private final Operand json;

    JsonLookups(Names names, Operand json) {
        this.names = names;
        this.json = json;
    }

    /** The value at the path that the key names from one of its segments on. */
    Operand value(KeyPath key, int from) {
        return at(JsonAddress.ofKey(key.segments().subList(from, key.size())));
    }

    private Operand at(String path) {
        return json.computed(
                new Expression.Arithmetic(Expression.Operator.JSON_VALUE, json.expression(), new Bind(path)),
                ColumnType.ANY,
                "value");
    }

    Condition condition(KeyPath key, int from, @Nullable Object value) {
        String last = key.segment(key.size() - 1);
        String path = JsonAddress.ofKey(key.segments().subList(from, key.size() - 1));
        return switch (last) {
            case HAS_KEY -> Condition.all(keys(path, key, List.of(value == null ? List.of() : value)));
            case HAS_KEYS -> Condition.all(keys(path, key, several(key, value, "a collection of keys")));
            case HAS_ANY_KEYS -> Condition.any(keys(path, key, several(key, value, "a collection of keys")));
            default -> {
                Lookup lookup = from + 1 == key.size() ? null : Lookup.find(last);
                yield lookup == null
                        ? compared(
                                JsonAddress.ofKey(key.segments().subList(from, key.size())), key, Lookup.EXACT, value)
                        : compared(path, key, lookup, value);
            }
        };
    }

    private Condition compared(String path, KeyPath key, Lookup lookup, @Nullable Object value) {
        if (lookup == Lookup.EXACT && value == null) {
            return new Condition.Compare(Condition.Comparison.EQUAL, type(path), new Text("null"));
        }
        if (lookup == Lookup.ISNULL && value instanceof Boolean wanted) {
            return new Condition.IsNull(type(path), !wanted);
        }
        if (lookup == Lookup.CONTAINS && value != null && names.right(value) == null) {
            return contains(path, key, value);
        }
        return new Lookups(names, at(path), lookup).build(null, value);
    }

    private Expression type(String path) {
        return new Call(Function.JSON_TYPE, json.expression(), new Bind(path));
    }

    private List<Condition> keys(String path, KeyPath key, Collection<?> wanted) {
        List<Condition> conditions = new ArrayList<>();
        for (Object name : wanted) {
            if (!(name instanceof CharSequence || name instanceof Integer || name instanceof Long)) {
                throw Errors.invalidValue(
                        json.label() + " (\"" + key + "\")", name, "the name of a key, or a position");
            }
            conditions.add(new Condition.IsNull(type(path + JsonAddress.of(name).substring(1)), true));
        }
        return conditions;
    }

    private Collection<?> several(KeyPath key, @Nullable Object value, String expected) {
        if (value instanceof Collection<?> names) {
            return names;
        }
        if (value instanceof Object[] names) {
            return Arrays.asList(names);
        }
        throw Errors.invalidValue(json.label() + " (\"" + key + "\")", value, expected);
    }

    /** An array has the elements; a text has the part. */
    private Condition contains(String path, KeyPath key, Object value) {
        if (value instanceof Collection<?> || value instanceof Object[]) {
            List<Condition> all = new ArrayList<>();
            for (Object element : several(key, value, "elements")) {
                all.add(isElement(path, key, element));
            }
            return all.isEmpty()
                    ? new Condition.Compare(Condition.Comparison.EQUAL, type(path), new Text("array"))
                    : Condition.all(all);
        }
        Condition element = isElement(path, key, value);
        return value instanceof CharSequence
                ? Condition.any(List.of(
                        element,
                        Condition.all(List.of(
                                new Condition.Compare(Condition.Comparison.EQUAL, type(path), new Text("text")),
                                new Lookups(names, at(path), Lookup.CONTAINS).build(null, value)))))
                : element;
    }

    private Condition isElement(String path, KeyPath key, @Nullable Object value) {
        Expression.Raw exists = value instanceof Boolean || value == null
                ? new Expression.Raw(
                        List.of(
                                "EXISTS (SELECT 1 FROM json_each(",
                                ", ",
                                ") WHERE type = ",
                                " AND json_type(",
                                ", ",
                                ") = 'array')"),
                        List.of(
                                json.expression(),
                                new Bind(path),
                                new Bind(String.valueOf(value)),
                                json.expression(),
                                new Bind(path)))
                : new Expression.Raw(
                        List.of(
                                "EXISTS (SELECT 1 FROM json_each(",
                                ", ",
                                ") WHERE atom = ",
                                " AND (type = 'text') = ",
                                " AND type NOT IN ('true', 'false') AND json_type(",
                                ", ",
                                ") = 'array')"),
                        List.of(
                                json.expression(),
                                new Bind(path),
                                new Bind(ValueEncoder.compared(
                                        value, ColumnType.ANY, json.label() + " (\"" + key + "\")")),
                                new Bind(value instanceof Number ? 0L : 1L),
                                json.expression(),
                                new Bind(path)));
        return new Condition.Holds(exists);
    }
}
