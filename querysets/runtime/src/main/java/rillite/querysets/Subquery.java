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
}
