package rillite.querysets;

import static rillite.querysets.ast.Condition.Comparison.EQUAL;
import static rillite.querysets.ast.Condition.Comparison.GREATER;
import static rillite.querysets.ast.Condition.Comparison.GREATER_OR_EQUAL;
import static rillite.querysets.ast.Condition.Comparison.LESS;
import static rillite.querysets.ast.Condition.Comparison.LESS_OR_EQUAL;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Condition.Comparison;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.ColumnType;

/** Builds the condition of one lookup. */
final class Lookups {

    private final Names names;
    private final Operand left;
    private final Lookup lookup;

    Lookups(Names names, Operand left, Lookup lookup) {
        this.names = names;
        this.left = left;
        this.lookup = lookup;
    }

    /** Builds the condition; the last transform is not applied yet, because some become ranges of the bare column. */
    Condition build(@Nullable Transform last, @Nullable Object value) {
        if (last == null) {
            return build(value);
        }
        Operand transformed = last.apply(left);
        Condition range = new DateRanges(left, transformed, last).build(lookup, value);
        return range != null ? range : new Lookups(names, transformed, lookup).build(value);
    }

    private Condition build(@Nullable Object value) {
        return switch (lookup) {
            case EXACT -> value == null ? isNull() : compare(EQUAL, value);
            case GT -> compare(GREATER, required(value));
            case GTE -> compare(GREATER_OR_EQUAL, required(value));
            case LT -> compare(LESS, required(value));
            case LTE -> compare(LESS_OR_EQUAL, required(value));
            case RANGE -> range(required(value));
            case IN -> in(required(value));
            case ISNULL -> isNull(value);
            case IEXACT -> value == null ? isNull() : text().build(required(value));
            case CONTAINS, ICONTAINS, STARTSWITH, ISTARTSWITH, ENDSWITH, IENDSWITH, LIKE ->
                text().build(required(value));
            case REGEX, IREGEX -> text().matches(required(value));
            case MATCH -> FullText.match(names, left, false, value);
        };
    }

    private TextLookups text() {
        return new TextLookups(names, left, lookup);
    }

    private Object required(@Nullable Object value) {
        if (value == null) {
            throw Errors.invalidValue(left.label() + " (\"" + left.key() + "\")", null, "a value; NULL is isnull");
        }
        return value;
    }

    private Condition isNull() {
        return new Condition.IsNull(left.expression(), false);
    }

    private Condition isNull(@Nullable Object value) {
        if (!(value instanceof Boolean wanted)) {
            throw Errors.invalidValue(left.label() + " (\"" + left.key() + "\")", value, "true or false");
        }
        return new Condition.IsNull(left.expression(), !wanted);
    }

    private Condition compare(Comparison comparison, Object value) {
        Expression right = names.right(value);
        if (right != null) {
            return new Condition.Compare(comparison, left.expression(), right);
        }
        Object encoded = encode(value);
        return encoded instanceof BigInteger big
                ? outOfRange(comparison, big)
                : new Condition.Compare(comparison, left.expression(), new Bind(encoded));
    }

    /** Whatever the column holds, it lies on one side of a number that SQLite cannot store as an integer. */
    private Condition outOfRange(Comparison comparison, BigInteger value) {
        boolean larger = comparison == GREATER || comparison == GREATER_OR_EQUAL;
        boolean holds = comparison != EQUAL && larger == value.signum() < 0;
        return holds ? new Condition.IsNull(left.expression(), true) : Condition.NEVER;
    }

    private Object encode(Object value) {
        if (value instanceof Row row) {
            throw Errors.invalidValue(
                    left.label(),
                    value,
                    "a value of type " + left.type() + ", for example row.pk() of " + row.tableName());
        }
        return ValueEncoder.compared(value, left.type(), left);
    }

    private Condition range(Object value) {
        Object low;
        Object high;
        if (value instanceof Range range) {
            low = range.low();
            high = range.high();
        } else if (value instanceof List<?> list && list.size() == 2) {
            low = required(list.get(0));
            high = required(list.get(1));
        } else {
            throw Errors.invalidValue(left.label() + " (\"" + left.key() + "\")", value, "Range.of(low, high)");
        }
        if (names.right(low) != null || names.right(high) != null) {
            return Condition.all(List.of(compare(GREATER_OR_EQUAL, low), compare(LESS_OR_EQUAL, high)));
        }
        Object from = encode(low);
        Object to = encode(high);
        if (from instanceof BigInteger || to instanceof BigInteger) {
            return Condition.all(List.of(compare(GREATER_OR_EQUAL, low), compare(LESS_OR_EQUAL, high)));
        }
        return new Condition.Between(left.expression(), new Bind(from), new Bind(to));
    }

    private Condition in(Object value) {
        if (value instanceof Query<?, ?, ?> query) {
            return query.inside().member(names, List.of(left.expression()), null, List.of(), left.key());
        }
        List<Object> encoded = new ArrayList<>();
        for (Object element : elements(value)) {
            if (element != null) {
                Object one = encode(element);
                if (!(one instanceof BigInteger)) {
                    encoded.add(one);
                }
            }
        }
        if (encoded.isEmpty()) {
            return Condition.NEVER;
        }
        boolean blobs = encoded.stream().anyMatch(java.nio.ByteBuffer.class::isInstance);
        if (blobs && !encoded.stream().allMatch(java.nio.ByteBuffer.class::isInstance)) {
            throw Errors.invalidValue(left.label() + " (\"" + left.key() + "\")", value, "a list without mixed BLOBs");
        }
        return new Condition.InValues(
                List.of(left.expression()),
                JsonList.binds(encoded),
                blobs ? Condition.Elements.HEX : Condition.Elements.PLAIN);
    }

    private Iterable<?> elements(Object value) {
        if (value instanceof Iterable<?> elements) {
            return elements;
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        if (value instanceof long[] array) {
            return Arrays.stream(array).boxed().toList();
        }
        if (value instanceof int[] array) {
            return Arrays.stream(array).boxed().toList();
        }
        throw Errors.invalidValue(
                left.label() + " (\"" + left.key() + "\")", value, "a collection, an array or a QuerySet");
    }

    /** Whether lookups that read text make sense for a type. */
    static boolean readsAsText(ColumnType type) {
        return type != ColumnType.BLOB;
    }
}
