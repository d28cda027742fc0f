package rillite.querysets;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a query behind a cursor. Immutable.
 *
 * @param items the rows of this page
 * @param next the cursor for the rows behind them, empty when there are none: a text for URLs, which holds the values of the
 *     last row by which the query is sorted, in the clear
 * @param <T> what a row is read as
 */
public record CursorPage<T>(List<T> items, Optional<String> next) {

    public CursorPage {
        items = List.copyOf(items);
    }

    /** Whether there are rows behind those of this page. */
    public boolean hasNext() {
        return next.isPresent();
    }

    /** The same page of other items. */
    public <U> CursorPage<U> map(Function<? super T, ? extends U> function) {
        return new CursorPage<>(items.stream().<U>map(function).toList(), next);
    }
}
