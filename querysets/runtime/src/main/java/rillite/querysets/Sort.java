package rillite.querysets;

import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Ordering;

/**
 * One term of an order. Without {@link #nullsFirst} or {@link #nullsLast}, NULL counts as smaller than any value.
 *
 * @param <R> root of the queries in which it can be used; {@code Object} for any
 */
public final class Sort<R> {

    private final ExprNode node;
    private final boolean descending;
    private final Ordering.@Nullable Nulls nulls;

    Sort(ExprNode node, boolean descending, Ordering.@Nullable Nulls nulls) {
        this.node = node;
        this.descending = descending;
        this.nulls = nulls;
    }

    ExprNode node() {
        return node;
    }

    boolean descending() {
        return descending;
    }

    Ordering.@Nullable Nulls nulls() {
        return nulls;
    }

    /** Rows without a value come first. */
    public Sort<R> nullsFirst() {
        return new Sort<>(node, descending, Ordering.Nulls.FIRST);
    }

    /** Rows without a value come last. */
    public Sort<R> nullsLast() {
        return new Sort<>(node, descending, Ordering.Nulls.LAST);
    }
}
