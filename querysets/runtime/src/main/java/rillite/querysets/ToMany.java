package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rillite.querysets.Q.Quantifier;
import rillite.querysets.ast.Expression.Total;

/**
 * A relation to any number of rows, made by methods of table classes: {@code AUTHOR.books()}. Immutable.
 *
 * <p>A condition on related rows becomes EXISTS, an aggregate of them a sub-select of its own, so that no row repeats.
 *
 * @param <R> root of the queries in which it can be used
 * @param <T> what a related row is read as
 * @param <B> table of the related rows, whose columns conditions and aggregates name
 */
public final class ToMany<R, T, B extends Table<T, T>> implements Related<R> {

    private final Table<R, ?> root;
    private final KeyPath path;
    private final B target;
    private final @Nullable FilteredRelation filter;

    ToMany(Table<R, ?> root, KeyPath path, B target, @Nullable FilteredRelation filter) {
        this.root = root;
        this.path = path;
        this.target = target;
        this.filter = filter;
    }

    /** The table of the query. */
    Table<R, ?> root() {
        return root;
    }

    KeyPath path() {
        return path;
    }

    B target() {
        return target;
    }

    /** What narrows the relation of this name; null for the relation itself. */
    @Nullable FilteredRelation filter() {
        return filter;
    }

    /** At least one related row fulfils the condition. */
    public Q<R> any(Function<? super B, ? extends Q<? super T>> condition) {
        return Q.related(path, Quantifier.ANY, condition.apply(target));
    }

    /** No related row fulfils the condition. */
    public Q<R> none(Function<? super B, ? extends Q<? super T>> condition) {
        return Q.related(path, Quantifier.NONE, condition.apply(target));
    }

    /** Every related row fulfils the condition; true where there is none. */
    public Q<R> every(Function<? super B, ? extends Q<? super T>> condition) {
        return Q.related(path, Quantifier.EVERY, condition.apply(target));
    }

    /** There is no related row. */
    public Q<R> isEmpty() {
        return Q.leaf(path.then(List.of(Lookup.ISNULL.key())), true);
    }

    /** There is a related row. */
    public Q<R> isNotEmpty() {
        return Q.leaf(path.then(List.of(Lookup.ISNULL.key())), false);
    }

    /** The number of related rows. */
    public Agg<R, Long> count() {
        return new Agg<>(aggregate(Total.COUNT, path), Long.class);
    }

    /** The number of related rows in which the column is not NULL. */
    public Agg<R, Long> count(Function<? super B, ? extends Col<T, ?>> column) {
        return new Agg<>(aggregate(Total.COUNT, behind(column.apply(target))), Long.class);
    }

    /** The sum over the related rows; NULL of no values. */
    public <V extends Number> Agg<R, V> sum(Function<? super B, ? extends Col<T, V>> column) {
        return total(Total.SUM, column.apply(target));
    }

    /** The smallest value in the related rows; NULL of no values. */
    public <V> Agg<R, V> min(Function<? super B, ? extends Col<T, V>> column) {
        return total(Total.MIN, column.apply(target));
    }

    /** The largest value in the related rows; NULL of no values. */
    public <V> Agg<R, V> max(Function<? super B, ? extends Col<T, V>> column) {
        return total(Total.MAX, column.apply(target));
    }

    /** The average over the related rows; NULL of no values. */
    public Agg<R, Double> avg(Function<? super B, ? extends Col<T, ? extends Number>> column) {
        return new Agg<>(aggregate(Total.AVG, behind(column.apply(target))), Double.class);
    }

    /**
     * A column of the related rows as a value of the row. Only {@code select} takes it, and there rows repeat for each
     * related row; a row without related rows appears once.
     */
    public <V> Expr<R, V> each(Function<? super B, ? extends Col<T, V>> column) {
        Col<?, V> wanted = column.apply(target);
        return new Expr<>(new ExprNode.Key(behind(wanted)), Place.of(wanted).type());
    }

    /** This relation narrowed to rows that fulfil a condition; it needs a name of its own. */
    public Narrowed<R, T, B> on(Function<? super B, ? extends Q<? super T>> condition) {
        if (path.size() > 1 || filter != null) {
            throw Errors.invalidQuery(
                    "Only a relation of the queried table itself can be narrowed, not \"" + path + "\".");
        }
        return new Narrowed<>(root, target, FilteredRelation.of(path, condition.apply(target)));
    }

    /**
     * A relation narrowed by a condition, before it has a name.
     *
     * @param <R> root of the queries in which it can be used
     * @param <T> what a related row is read as
     * @param <B> table of the related rows
     */
    public static final class Narrowed<R, T, B extends Table<T, T>> {

        private final Table<R, ?> root;
        private final B target;
        private final FilteredRelation filter;

        private Narrowed(Table<R, ?> root, B target, FilteredRelation filter) {
            this.root = root;
            this.target = target;
            this.filter = filter;
        }

        /** The narrowed relation under a name, for {@code alias(..)}; afterwards it is a relation like others. */
        public ToMany<R, T, B> as(String name) {
            return new ToMany<>(root, KeyPath.of(List.of(name)), target, filter);
        }
    }

    /** The relation to be loaded with a say in which rows: {@code with(q -> q.orderBy(BOOK.pages.desc()).limit(3))}. A
     * limit and an offset count for each owner. */
    public Fetch<R, B> with(UnaryOperator<QuerySet<T>> query) {
        return new Fetch<>(
                root, path, target, rows -> query.apply(rows.read(target)).untyped(), List.of());
    }

    /** The relation to be loaded together with a relation of its rows. */
    public Fetch<R, B> then(Function<? super B, ? extends Related<T>> further) {
        return new Fetch<>(root, path, target, null, List.of(further.apply(target)));
    }

    private <V> Agg<R, V> total(Total function, Col<?, V> column) {
        return new Agg<>(aggregate(function, behind(column)), Place.of(column).type());
    }

    private static ExprNode.Aggregate aggregate(Total function, KeyPath path) {
        return new ExprNode.Aggregate(function, new ExprNode.Key(path), false, null, null, null);
    }

    private KeyPath behind(Col<?, ?> column) {
        List<String> segments = new ArrayList<>(path.segments());
        segments.addAll(Place.of(column).path().segments());
        return KeyPath.of(segments);
    }

    /** The relation, as in keys. */
    @Override
    public String toString() {
        return path.text();
    }
}
