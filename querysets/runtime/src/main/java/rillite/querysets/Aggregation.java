package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Aggregates over all rows of a query, in one statement; none for a query that cannot match anything.
 *
 * @param <R> root of the query
 */
abstract sealed class Aggregation<R> extends Selection<R> permits Composition {

    Aggregation(QueryState state) {
        super(state);
    }

    /** Divides the rows into groups of equal values; {@code select} then reads those values and aggregates of each group. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Groups<R> groupBy(Expr<? super R, ?>... values) {
        return Groups.of(state, values);
    }

    /** The sum over all rows, empty for NULL, which is that of no values. */
    public Mono<Long> sum(IntCol<R> column) {
        return aggregate(Agg.sum(column));
    }

    /** The sum over all rows, empty for NULL, which is that of no values. */
    public <V> Mono<V> sum(NumberExpr<R, V> value) {
        return aggregate(Agg.sum(value));
    }

    /** The average over all rows, empty for NULL. */
    public Mono<Double> avg(NumberExpr<R, ?> value) {
        return aggregate(Agg.avg(value));
    }

    /** The smallest value, empty for NULL. */
    public <V> Mono<V> min(Expr<R, V> value) {
        return aggregate(Agg.min(value));
    }

    /** The largest value, empty for NULL. */
    public <V> Mono<V> max(Expr<R, V> value) {
        return aggregate(Agg.max(value));
    }

    /** One aggregate over all rows, empty for NULL. */
    public <A> Mono<A> aggregate(Expr<? super R, A> value) {
        return row(value).mapNotNull(row -> at(row, 0, value));
    }

    /** Two aggregates over all rows. */
    public <A, B> Mono<Row2<A, B>> aggregate(Expr<? super R, A> a, Expr<? super R, B> b) {
        return row(a, b).map(row -> new Row2<>(at(row, 0, a), at(row, 1, b)));
    }

    /** Three aggregates over all rows. */
    public <A, B, C> Mono<Row3<A, B, C>> aggregate(Expr<? super R, A> a, Expr<? super R, B> b, Expr<? super R, C> c) {
        return row(a, b, c).map(row -> new Row3<>(at(row, 0, a), at(row, 1, b), at(row, 2, c)));
    }

    /** Four aggregates over all rows. */
    public <A, B, C, D> Mono<Row4<A, B, C, D>> aggregate(
            Expr<? super R, A> a, Expr<? super R, B> b, Expr<? super R, C> c, Expr<? super R, D> d) {
        return row(a, b, c, d).map(row -> new Row4<>(at(row, 0, a), at(row, 1, b), at(row, 2, c), at(row, 3, d)));
    }

    /** Five aggregates over all rows. */
    public <A, B, C, D, E> Mono<Row5<A, B, C, D, E>> aggregate(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e) {
        return row(a, b, c, d, e)
                .map(row -> new Row5<>(at(row, 0, a), at(row, 1, b), at(row, 2, c), at(row, 3, d), at(row, 4, e)));
    }

    /** Six aggregates over all rows. */
    public <A, B, C, D, E, F> Mono<Row6<A, B, C, D, E, F>> aggregate(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f) {
        return row(a, b, c, d, e, f)
                .map(row -> new Row6<>(
                        at(row, 0, a), at(row, 1, b), at(row, 2, c), at(row, 3, d), at(row, 4, e), at(row, 5, f)));
    }

    /** Seven aggregates over all rows. */
    public <A, B, C, D, E, F, G> Mono<Row7<A, B, C, D, E, F, G>> aggregate(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Expr<? super R, G> g) {
        return row(a, b, c, d, e, f, g)
                .map(row -> new Row7<>(
                        at(row, 0, a),
                        at(row, 1, b),
                        at(row, 2, c),
                        at(row, 3, d),
                        at(row, 4, e),
                        at(row, 5, f),
                        at(row, 6, g)));
    }

    /** Eight aggregates over all rows. */
    public <A, B, C, D, E, F, G, H> Mono<Row8<A, B, C, D, E, F, G, H>> aggregate(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Expr<? super R, G> g,
            Expr<? super R, H> h) {
        return row(a, b, c, d, e, f, g, h)
                .map(row -> new Row8<>(
                        at(row, 0, a),
                        at(row, 1, b),
                        at(row, 2, c),
                        at(row, 3, d),
                        at(row, 4, e),
                        at(row, 5, f),
                        at(row, 6, g),
                        at(row, 7, h)));
    }

    private Mono<Row> row(Expr<?, ?>... values) {
        Map<String, ExprNode> nodes = new LinkedHashMap<>();
        for (Expr<?, ?> value : values) {
            ExprNode node = value.node() instanceof ExprNode.Named named ? named.node() : value.node();
            nodes.put("value " + (nodes.size() + 1), node);
        }
        return AggregateQuery.of(state, nodes).row();
    }

    private static <V> @Nullable V at(Row row, int position, Expr<?, V> value) {
        return Cells.of(row).orNull(position, value.type());
    }
}
