package rillite.querysets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** Conditions on {@code pk} where it stands for several columns; values are lists in key order. */
final class CompositeKey {

    private CompositeKey() {}

    static Condition condition(TableModel model, List<Column> key, List<String> rest, Pair pair) {
        if (rest.isEmpty() || rest.equals(List.of(Lookup.EXACT.key()))) {
            return exact(model, key, values(model, key, pair.value()));
        }
        if (rest.equals(List.of(Lookup.IN.key()))) {
            return in(model, key, pair);
        }
        throw Errors.invalidQuery("The primary key of " + model.name() + " has " + key.size()
                + " columns; \"pk\" takes the lookups exact and in, not \"" + pair.key() + "\".");
    }

    private static Condition exact(TableModel model, List<Column> key, List<Object> values) {
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            Object value = ValueEncoder.compared(
                    values.get(i), key.get(i).type(), key.get(i).qualifiedName());
            parts.add(
                    value instanceof java.math.BigInteger
                            ? Condition.NEVER
                            : new Condition.Compare(
                                    Condition.Comparison.EQUAL, model.expression(key.get(i)), new Bind(value)));
        }
        return Condition.all(parts);
    }

    private static Condition in(TableModel model, List<Column> key, Pair pair) {
        if (!(pair.value() instanceof Collection<?> keys)) {
            throw Errors.invalidValue(model.name() + ".pk", pair.value(), "a collection of keys");
        }
        if (key.stream().anyMatch(column -> column.type() == ColumnType.BLOB)) {
            throw Errors.invalidQuery("\"" + pair.key() + "\" on " + model.name()
                    + ": a key of several columns with a BLOB among them cannot be looked up in a list.");
        }
        List<Object> rows = new ArrayList<>();
        for (Object one : keys) {
            List<Object> values = values(model, key, one);
            List<Object> encoded = new ArrayList<>();
            for (int i = 0; i < key.size(); i++) {
                encoded.add(ValueEncoder.compared(
                        values.get(i), key.get(i).type(), key.get(i).qualifiedName()));
            }
            rows.add(encoded);
        }
        return rows.isEmpty()
                ? Condition.NEVER
                : new Condition.InValues(model.expressions(key), JsonList.binds(rows), Condition.Elements.PLAIN);
    }

    private static List<Object> values(TableModel model, List<Column> key, @Nullable Object value) {
        if (value instanceof Row row) {
            return values(model, key, row.keyIn(model));
        }
        String expected = "a list of " + key.size() + " values: "
                + key.stream().map(Column::name).toList();
        if (!(value instanceof List<?> list) || list.size() != key.size()) {
            throw Errors.invalidValue(model.name() + ".pk", value, expected);
        }
        List<Object> values = new ArrayList<>();
        for (Object part : list) {
            if (part == null) {
                throw Errors.invalidValue(model.name() + ".pk", value, expected + " without null");
            }
            values.add(part);
        }
        return values;
    }
}
