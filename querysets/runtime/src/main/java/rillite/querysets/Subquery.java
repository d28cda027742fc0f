package rillite.querysets;

/** A query as a value inside another one. */
public final class Subquery {

    private Subquery() {}

    /**
     * The only column of the first row of a query, in which {@code F.outer(..)} names values of the row in question; NULL
     * when it has no rows.
     */
    public static Expr<Object, Object> of(Query<?, ?, ?> query) {
        return new Expr<>(new ExprNode.Scalar(query));
    }

    /**
     * A text of the first row of a query, as {@link #of(Query)}: {@code Subquery.of(AUTHOR,
     * books.filter(BOOK.author().id.eq(F.outer(AUTHOR.id))).orderBy(BOOK.pages.desc()).limit(1), BOOK.title)}.
     *
     * @param around the table whose query takes the value
     */
    public static <R, B> TextExpr<R> of(Table<R, R> around, Query<B, ?, ?> query, TextExpr<? super B> text) {
        return new TextExpr<>(value(query, text));
    }

    /** A number of the first row of a query, as {@link #of(Table, Query, TextExpr)}. */
    public static <R, B, V> NumberExpr<R, V> of(
            Table<R, R> around, Query<B, ?, ?> query, NumberExpr<? super B, V> number) {
        return new NumberExpr<>(value(query, number), number.type());
    }

    /** A value of the first row of a query, as {@link #of(Table, Query, TextExpr)}. */
    public static <R, B, V> Expr<R, V> of(Table<R, R> around, Query<B, ?, ?> query, Expr<? super B, V> value) {
        return new Expr<>(value(query, value), value.type());
    }

    private static ExprNode value(Query<?, ?, ?> query, Expr<?, ?> value) {
        return new ExprNode.Scalar(
                new Projection<>(Chosen.of(query.state, value).state(), row -> row));
    }
}
