package rillite.querysets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
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
        return at(key.segments().subList(from, key.size()));
    }

    private Operand at(List<String> elements) {
        return json.computed(
                new Expression.Arithmetic(
                        Expression.Operator.JSON_VALUE, json.expression(), new Bind(JsonAddress.ofKey(elements))),
                ColumnType.ANY,
                "value");
    }

    Condition condition(KeyPath key, int from, @Nullable Object value) {
        String last = key.segment(key.size() - 1);
        List<String> elements = key.segments().subList(from, key.size() - 1);
        switch (last) {
            case HAS_KEY:
                return Condition.all(keys(elements, List.of(String.valueOf(value))));
            case HAS_KEYS:
                return Condition.all(keys(elements, names(key, value)));
            case HAS_ANY_KEYS:
                return Condition.any(keys(elements, names(key, value)));
            default:
                Lookup lookup = elements.isEmpty() ? null : Lookup.find(last);
                return lookup == null
                        ? new Lookups(names, value(key, from), Lookup.EXACT).build(null, value)
                        : new Lookups(names, at(elements), lookup).build(null, value);
        }
    }

    private List<Condition> keys(List<String> elements, List<String> names) {
        List<Condition> conditions = new ArrayList<>();
        for (String name : names) {
            List<String> all = new ArrayList<>(elements);
            all.add(name);
            conditions.add(new Condition.IsNull(
                    new Expression.Call(
                            Expression.Function.JSON_TYPE, json.expression(), new Bind(JsonAddress.ofKey(all))),
                    true));
        }
        return conditions;
    }

    private List<String> names(KeyPath key, @Nullable Object value) {
        if (!(value instanceof Collection<?> names)) {
            throw Errors.invalidValue(json.label() + " (\"" + key + "\")", value, "a collection of keys");
        }
        return names.stream().map(String::valueOf).toList();
    }
}
