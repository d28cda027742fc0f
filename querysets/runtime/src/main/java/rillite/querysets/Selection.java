package rillite.querysets;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Choosing what is read. A computed value needs no name here, but may have one.
 *
 * @param <R> root of the query
 */
abstract sealed class Selection<R> permits Groups, Aggregation {

    final QueryState state;

    Selection(QueryState state) {
        this.state = state;
    }

    /**
     * Reads one value of each row.
     *
     * @throws InvalidQueryException it is a column that may be NULL and is not filtered by {@code notNull}: a publisher
     *     carries no null, so use {@link #selectOptional}
     */
    public <A> Projection<R, A> select(Expr<? super R, A> value) {
        QueryState chosen = chosen(value);
        Output output = chosen.outputs().get(0);
        if (output.column() != null && chosen.canBeNull(output)) {
            throw Errors.invalidQuery("select of " + output.column().qualifiedName()
                    + " would meet NULL. Filter with notNull() before it, or use selectOptional.");
        }
        return projection(chosen, row -> row.get(0, value.type()));
    }

    /** Reads one value of each row, empty for NULL. */
    public <A> Projection<R, Optional<A>> selectOptional(Expr<? super R, A> value) {
        return projection(chosen(value), row -> Optional.ofNullable(row.orNull(0, value.type())));
    }

    /** Reads two values of each row. */
    public <A, B> Projection<R, Row2<A, B>> select(Expr<? super R, A> a, Expr<? super R, B> b) {
        return select(a, b, Row2::new);
    }

    /** Reads two values of each row as what a constructor or function makes of them. */
    public <A, B, T> Projection<R, T> select(Expr<? super R, A> a, Expr<? super R, B> b, BiFunction<A, B, T> maker) {
        Chosen values = Chosen.of(state, a, b);
        return projection(
                values.state(), row -> values.made(row, () -> maker.apply(values.at(row, 0), values.at(row, 1))));
    }

    /** Reads three values of each row. */
    public <A, B, C> Projection<R, Row3<A, B, C>> select(
            Expr<? super R, A> a, Expr<? super R, B> b, Expr<? super R, C> c) {
        return select(a, b, c, Row3::new);
    }

    /** Reads three values of each row as what a constructor or function makes of them. */
    public <A, B, C, T> Projection<R, T> select(
            Expr<? super R, A> a, Expr<? super R, B> b, Expr<? super R, C> c, Row3.Maker<A, B, C, T> maker) {
        Chosen values = Chosen.of(state, a, b, c);
        return projection(
                values.state(),
                row -> values.made(row, () -> maker.of(values.at(row, 0), values.at(row, 1), values.at(row, 2))));
    }

    /** Reads four values of each row. */
    public <A, B, C, D> Projection<R, Row4<A, B, C, D>> select(
            Expr<? super R, A> a, Expr<? super R, B> b, Expr<? super R, C> c, Expr<? super R, D> d) {
        return select(a, b, c, d, Row4::new);
    }

    /** Reads four values of each row as what a constructor or function makes of them. */
    public <A, B, C, D, T> Projection<R, T> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Row4.Maker<A, B, C, D, T> maker) {
        Chosen values = Chosen.of(state, a, b, c, d);
        return projection(
                values.state(),
                row -> values.made(
                        row,
                        () -> maker.of(values.at(row, 0), values.at(row, 1), values.at(row, 2), values.at(row, 3))));
    }

    /** Reads five values of each row. */
    public <A, B, C, D, E> Projection<R, Row5<A, B, C, D, E>> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e) {
        return select(a, b, c, d, e, Row5::new);
    }

    /** Reads five values of each row as what a constructor or function makes of them. */
    public <A, B, C, D, E, T> Projection<R, T> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Row5.Maker<A, B, C, D, E, T> maker) {
        Chosen values = Chosen.of(state, a, b, c, d, e);
        return projection(
                values.state(),
                row -> values.made(
                        row,
                        () -> maker.of(
                                values.at(row, 0),
                                values.at(row, 1),
                                values.at(row, 2),
                                values.at(row, 3),
                                values.at(row, 4))));
    }

    /** Reads six values of each row. */
    public <A, B, C, D, E, F> Projection<R, Row6<A, B, C, D, E, F>> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f) {
        return select(a, b, c, d, e, f, Row6::new);
    }

    /** Reads six values of each row as what a constructor or function makes of them. */
    public <A, B, C, D, E, F, T> Projection<R, T> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Row6.Maker<A, B, C, D, E, F, T> maker) {
        Chosen values = Chosen.of(state, a, b, c, d, e, f);
        return projection(
                values.state(),
                row -> values.made(
                        row,
                        () -> maker.of(
                                values.at(row, 0),
                                values.at(row, 1),
                                values.at(row, 2),
                                values.at(row, 3),
                                values.at(row, 4),
                                values.at(row, 5))));
    }

    /** Reads seven values of each row. */
    public <A, B, C, D, E, F, G> Projection<R, Row7<A, B, C, D, E, F, G>> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Expr<? super R, G> g) {
        return select(a, b, c, d, e, f, g, Row7::new);
    }

    /** Reads seven values of each row as what a constructor or function makes of them. */
    public <A, B, C, D, E, F, G, T> Projection<R, T> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Expr<? super R, G> g,
            Row7.Maker<A, B, C, D, E, F, G, T> maker) {
        Chosen values = Chosen.of(state, a, b, c, d, e, f, g);
        return projection(
                values.state(),
                row -> values.made(
                        row,
                        () -> maker.of(
                                values.at(row, 0),
                                values.at(row, 1),
                                values.at(row, 2),
                                values.at(row, 3),
                                values.at(row, 4),
                                values.at(row, 5),
                                values.at(row, 6))));
    }

    /** Reads eight values of each row. */
    public <A, B, C, D, E, F, G, H> Projection<R, Row8<A, B, C, D, E, F, G, H>> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Expr<? super R, G> g,
            Expr<? super R, H> h) {
        return select(a, b, c, d, e, f, g, h, Row8::new);
    }

    /** Reads eight values of each row as what a constructor or function makes of them. */
    public <A, B, C, D, E, F, G, H, T> Projection<R, T> select(
            Expr<? super R, A> a,
            Expr<? super R, B> b,
            Expr<? super R, C> c,
            Expr<? super R, D> d,
            Expr<? super R, E> e,
            Expr<? super R, F> f,
            Expr<? super R, G> g,
            Expr<? super R, H> h,
            Row8.Maker<A, B, C, D, E, F, G, H, T> maker) {
        Chosen values = Chosen.of(state, a, b, c, d, e, f, g, h);
        return projection(
                values.state(),
                row -> values.made(
                        row,
                        () -> maker.of(
                                values.at(row, 0),
                                values.at(row, 1),
                                values.at(row, 2),
                                values.at(row, 3),
                                values.at(row, 4),
                                values.at(row, 5),
                                values.at(row, 6),
                                values.at(row, 7))));
    }

    private QueryState chosen(Expr<?, ?> value) {
        Output own = Chosen.ownColumn(state, value.node());
        return own == null ? Chosen.of(state, value).state() : state.reading(own);
    }

    private <T> Projection<R, T> projection(QueryState chosen, Function<Cells, T> reading) {
        return new Projection<>(chosen, RecordReader.ofValues(reading));
    }
}
