package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Storage;
import rillite.querysets.schema.ColumnType;

/**
 * A value computed by SQLite for each row. Immutable; names are checked when a query takes it.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 * @param <V> type of the value
 */
public sealed class Expr<R, V>
        permits NumberExpr,
                TextExpr,
                AnyCol,
                BoolCol,
                DateExpr,
                TimeCol,
                BlobCol,
                UuidCol,
                JsonCol,
                JsonPath,
                EnumCol,
                MappedCol {

    private final ExprNode node;
    private final Reading type;
    private final @Nullable Place<?> place;

    Expr(ExprNode node) {
        this(node, Reading.ANY);
    }

    /**
     * @param type in which the value is read; {@code Object} for that of the expression
     */
    Expr(ExprNode node, Class<?> type) {
        this(node, Reading.of(type));
    }

    Expr(ExprNode node, Reading type) {
        this.node = node;
        this.type = type;
        place = null;
    }

    Expr(Place<V> place) {
        node = new ExprNode.Key(place.path());
        type = place.type();
        this.place = place;
    }

    ExprNode node() {
        return node;
    }

    Reading type() {
        return type;
    }

    /** Where a column stands; null for what is computed. */
    @Nullable Place<?> place() {
        return place;
    }

    /**
     * This value under a name, for {@code annotate}; later the same object stands for the annotated value. A name must
     * not be that of a column or relation.
     */
    public Expr<R, V> as(String name) {
        return new Expr<>(new ExprNode.Named(name, node), type);
    }

    /** This value plus a number. The result has the type of this value. */
    public NumberExpr<R, V> plus(Number other) {
        return calculated(Operator.PLUS, other);
    }

    /** This value plus another one. The result has the type of this value. */
    public NumberExpr<R, V> plus(Expr<? super R, ?> other) {
        return calculated(Operator.PLUS, other);
    }

    /** This value minus a number. */
    public NumberExpr<R, V> minus(Number other) {
        return calculated(Operator.MINUS, other);
    }

    /** This value minus another one. */
    public NumberExpr<R, V> minus(Expr<? super R, ?> other) {
        return calculated(Operator.MINUS, other);
    }

    /** This value times a number. */
    public NumberExpr<R, V> times(Number other) {
        return calculated(Operator.TIMES, other);
    }

    /** This value times another one. */
    public NumberExpr<R, V> times(Expr<? super R, ?> other) {
        return calculated(Operator.TIMES, other);
    }

    /**
     * This value divided by a number. Two integers give an integer, as everywhere in SQL; NULL for a zero divisor.
     */
    public NumberExpr<R, V> div(Number other) {
        return calculated(Operator.DIVIDED, other);
    }

    /** This value divided by another one, as {@link #div(Number)}. */
    public NumberExpr<R, V> div(Expr<? super R, ?> other) {
        return calculated(Operator.DIVIDED, other);
    }

    /** The remainder of a division of integers; NULL for a zero divisor. */
    public NumberExpr<R, V> mod(Number other) {
        return calculated(Operator.MODULO, other);
    }

    /** The remainder of a division of integers; NULL for a zero divisor. */
    public NumberExpr<R, V> mod(Expr<? super R, ?> other) {
        return calculated(Operator.MODULO, other);
    }

    /** This value with the other sign. */
    public NumberExpr<R, V> neg() {
        return new NumberExpr<>(new ExprNode.Opposite(node), type);
    }

    /** This value as a floating point number, so that a division keeps its fraction. */
    public NumberExpr<R, Double> asReal() {
        return new NumberExpr<>(new ExprNode.Converted(node, Storage.REAL, ColumnType.REAL), Double.class);
    }

    /** Equal to a value; IS NULL for null. */
    public Q<R> eq(@Nullable V other) {
        return compared(Lookup.EXACT, other);
    }

    /** Equal to another value of the row. */
    public Q<R> eq(@Nullable Expr<? super R, ?> other) {
        return compared(Lookup.EXACT, other);
    }

    /** Not equal to a value; a NULL counts as not equal. */
    public Q<R> ne(@Nullable V other) {
        return eq(other).not();
    }

    /** Not equal to another value of the row; a row in which either is NULL counts as not equal. */
    public Q<R> ne(@Nullable Expr<? super R, ?> other) {
        return eq(other).not();
    }

    /** Greater than a value. */
    public Q<R> gt(V other) {
        return compared(Lookup.GT, other);
    }

    /** Greater than another value of the row. */
    public Q<R> gt(Expr<? super R, ?> other) {
        return compared(Lookup.GT, other);
    }

    /** At least a value. */
    public Q<R> gte(V other) {
        return compared(Lookup.GTE, other);
    }

    /** At least another value of the row. */
    public Q<R> gte(Expr<? super R, ?> other) {
        return compared(Lookup.GTE, other);
    }

    /** Less than a value. */
    public Q<R> lt(V other) {
        return compared(Lookup.LT, other);
    }

    /** Less than another value of the row. */
    public Q<R> lt(Expr<? super R, ?> other) {
        return compared(Lookup.LT, other);
    }

    /** At most a value. */
    public Q<R> lte(V other) {
        return compared(Lookup.LTE, other);
    }

    /** At most another value of the row. */
    public Q<R> lte(Expr<? super R, ?> other) {
        return compared(Lookup.LTE, other);
    }

    /** From the first to the second, both included. */
    public Q<R> between(V low, V high) {
        return compared(Lookup.RANGE, Arrays.asList(low, high));
    }

    /** From the first to the second, both included. */
    public Q<R> between(Expr<? super R, ?> low, Expr<? super R, ?> high) {
        return compared(Lookup.RANGE, List.of(low, high));
    }

    /** One of the values; nulls among them are left out. */
    public Q<R> in(Collection<? extends @Nullable V> values) {
        return compared(Lookup.IN, values);
    }

    /** One of the values. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Q<R> in(V... values) {
        return in(Arrays.asList(values));
    }

    /** One of the values of the only column of a query. */
    public Q<R> in(Query<?, ?, ?> query) {
        return compared(Lookup.IN, query);
    }

    /** None of the values; NULL is none of them. */
    public Q<R> notIn(Collection<? extends @Nullable V> values) {
        return in(values).not();
    }

    /** None of the values of the only column of a query; NULL is none of them. */
    public Q<R> notIn(Query<?, ?, ?> query) {
        return in(query).not();
    }

    /** NULL. */
    public Q<R> isNull() {
        return compared(Lookup.ISNULL, true);
    }

    /** Anything but NULL. */
    public Q<R> notNull() {
        return compared(Lookup.ISNULL, false);
    }

    /** Sorts by this value, smallest first. */
    public Sort<R> asc() {
        return new Sort<>(node, false, null);
    }

    /** Sorts by this value, largest first. */
    public Sort<R> desc() {
        return new Sort<>(node, true, null);
    }

    /** What a value is stored as, where the declared type does not tell. */
    @Nullable Object stored(@Nullable Object value) {
        return type.mapping() == null ? value : type.stored(value, node.toString());
    }

    List<@Nullable Object> storedAll(Collection<?> values) {
        List<@Nullable Object> all = new ArrayList<>(values.size());
        values.forEach(value -> all.add(stored(value)));
        return all;
    }

    Q<R> compared(Lookup lookup, @Nullable Object value) {
        boolean several = lookup == Lookup.IN || lookup == Lookup.RANGE;
        Object stored = several && value instanceof Collection<?> values ? storedAll(values) : stored(value);
        return node instanceof ExprNode.Key key
                ? Q.leaf(key.path().then(List.of(lookup.key())), stored)
                : Q.compared(node, lookup, stored);
    }

    /** A number computed from this value. */
    NumberExpr<R, Long> number(Transform transform) {
        return new NumberExpr<>(transformed(transform), Long.class);
    }

    ExprNode transformed(Transform transform) {
        return node instanceof ExprNode.Key key
                ? new ExprNode.Key(key.path().then(List.of(transform.key())))
                : new ExprNode.Transformed(node, transform);
    }

    private NumberExpr<R, V> calculated(Operator operator, Object other) {
        return new NumberExpr<>(new ExprNode.Calculation(operator, node, ExprNode.ofValue(other)), type);
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
