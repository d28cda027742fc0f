package rillite.querysets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** Conditions on a row as a whole, by its key: a related row, or {@code pk} where it stands for several columns. */
final class RelationKeys {

    private final Names names;
    private final Reached.Keys keys;

    RelationKeys(Names names, Reached.Keys keys) {
        this.names = names;
        this.keys = keys;
    }

    /** The condition of a pair, whose lookup is what is left of its key. */
    Condition condition(Pair pair) {
        int rest = pair.path().size() - keys.next();
        String lookup = rest <= 0 ? Lookup.EXACT.key() : pair.path().segment(keys.next());
        if (keys.columns().size() == 1) {
            return single(lookup, pair);
        }
        if (rest <= 1) {
            if (lookup.equals(Lookup.ISNULL.key()) || pair.value() == null && lookup.equals(Lookup.EXACT.key())) {
                return isNull(pair, lookup);
            }
            if (lookup.equals(Lookup.EXACT.key())) {
                return exact(values(pair.value()));
            }
            if (lookup.equals(Lookup.IN.key())) {
                return in(pair);
            }
        }
        throw Errors.invalidQuery("The key of " + keys.target().name() + " has "
                + keys.columns().size() + " columns; it takes the lookups exact, in and isnull, not \"" + pair.key()
                + "\".");
    }

    private Condition single(String lookup, Pair pair) {
        Column column = keys.columns().get(0);
        Operand operand =
                Operand.of(keys.position(), column, pair.key()).as(keys.left().get(0));
        Object value = pair.value();
        if (lookup.equals(Lookup.IN.key()) && value instanceof Query<?, ?, ?> query) {
            return query.inside().member(names, keys.left(), keys.target(), keys.columns(), pair.key());
        }
        if (value instanceof Collection<?> several) {
            List<@Nullable Object> plain = new ArrayList<>(several.size());
            several.forEach(one -> plain.add(plain(one)));
            value = plain;
        }
        return new Conditions(names).compared(operand, pair.path(), keys.next(), plain(value));
    }

    /** A row as the value of its only key column. */
    private @Nullable Object plain(@Nullable Object value) {
        return value instanceof Keyed keyed ? values(keyed).get(0) : value;
    }

    private Condition isNull(Pair pair, String lookup) {
        Object wanted = lookup.equals(Lookup.ISNULL.key()) ? pair.value() : Boolean.TRUE;
        if (!(wanted instanceof Boolean absent)) {
            throw Errors.invalidValue("\"" + pair.key() + "\"", wanted, "true or false");
        }
        List<Condition> parts = new ArrayList<>();
        keys.left().forEach(part -> parts.add(new Condition.IsNull(part, !absent)));
        return absent ? Condition.any(parts) : Condition.all(parts);
    }

    private Condition exact(List<Object> values) {
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = encoded(i, values.get(i));
            parts.add(
                    value instanceof BigInteger
                            ? Condition.NEVER
                            : new Condition.Compare(
                                    Condition.Comparison.EQUAL, keys.left().get(i), new Bind(value)));
        }
        return Condition.all(parts);
    }

    private Object encoded(int place, Object value) {
        Column column = keys.columns().get(place);
        return ValueEncoder.compared(value, column.type(), column.qualifiedName());
    }

    private Condition in(Pair pair) {
        if (pair.value() instanceof Query<?, ?, ?> query) {
            return query.inside().member(names, keys.left(), keys.target(), keys.columns(), pair.key());
        }
        if (!(pair.value() instanceof Collection<?> several)) {
            throw Errors.invalidValue(keys.target().name() + ".pk", pair.value(), "a collection of keys");
        }
        if (keys.columns().stream().anyMatch(column -> column.type() == ColumnType.BLOB)) {
            throw Errors.invalidQuery("\"" + pair.key() + "\" on "
                    + keys.target().name()
                    + ": a key of several columns with a BLOB among them cannot be looked up in a list.");
        }
        List<Object> rows = new ArrayList<>();
        for (Object one : several) {
            List<Object> values = values(one);
            List<Object> encoded = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                encoded.add(encoded(i, values.get(i)));
            }
            rows.add(encoded);
        }
        return rows.isEmpty()
                ? Condition.NEVER
                : new Condition.InValues(keys.left(), JsonList.binds(rows), Condition.Elements.PLAIN);
    }

    /** One value for each key column. */
    private List<Object> values(@Nullable Object value) {
        TableModel target = keys.target();
        if (value instanceof Keyed keyed) {
            return keyed.valuesOf(target, keys.columns());
        }
        String label = target.name() + ".pk";
        String expected = "a list of " + keys.columns().size() + " values: "
                + keys.columns().stream().map(Column::name).toList();
        List<?> list = value instanceof List<?> given
                ? given
                : value instanceof Object[] array ? Arrays.asList(array) : List.of();
        if (list.size() != keys.columns().size()) {
            throw Errors.invalidValue(label, value, expected);
        }
        List<Object> values = new ArrayList<>();
        for (Object part : list) {
            if (part == null) {
                throw Errors.invalidValue(label, value, expected + " without null");
            }
            values.add(part);
        }
        return values;
    }
}
