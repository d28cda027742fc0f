package rillite.querysets;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Select;

/** The window of a query: positions count from 0 and are relative to the present window. */
final class Slices {

    private Slices() {}

    /** The rows from one position up to, not including, another one; -1 for the end. */
    static QueryState slice(QueryState state, long from, long to) {
        if (from < 0 || to < -1) {
            throw Errors.invalidQuery("Cannot slice \"" + state.table() + "\" from " + from
                    + (to < 0 ? "" : " to " + to) + ": positions count from 0. For the last rows use reverse().");
        }
        Select select = state.select();
        long rest = limit(select) < 0 ? Long.MAX_VALUE : limit(select) - from;
        long wanted = to < 0 ? Long.MAX_VALUE : to - from;
        long size = Math.min(rest, wanted);
        return window(state, size == Long.MAX_VALUE ? -1 : Math.max(size, 0), saturated(offset(select), from));
    }

    static QueryState limit(QueryState state, long rows) {
        if (rows < 0) {
            throw Errors.invalidQuery("limit must be 0 or more, got " + rows + ".");
        }
        Select select = state.select();
        return window(state, limit(select) < 0 ? rows : Math.min(limit(select), rows), offset(select));
    }

    static QueryState offset(QueryState state, long rows) {
        if (rows < 0) {
            throw Errors.invalidQuery("offset must be 0 or more, got " + rows + ".");
        }
        Select select = state.select();
        return window(state, limit(select), saturated(offset(select), rows));
    }

    private static QueryState window(QueryState state, long limit, long offset) {
        QueryState windowed = state.with(state.select().withWindow(limit, offset));
        return limit == 0 ? windowed.none() : windowed;
    }

    static long limit(Select select) {
        return select.limit() == null ? -1 : number(select.limit().value());
    }

    static long offset(Select select) {
        return select.offset() == null ? 0 : number(select.offset().value());
    }

    private static long number(@Nullable Object value) {
        return (Long) Objects.requireNonNull(value);
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
