package rillite.querysets;

import java.util.List;
import java.util.function.Function;

/**
 * Some rows of a query by their number, and how many there are. Immutable.
 *
 * @param items the rows of this page; empty behind the last page
 * @param total how many rows all pages have
 * @param number the number of this page, from 1
 * @param size how many rows a page has at most
 * @param <T> what a row is read as
 */
public record Page<T>(List<T> items, long total, long number, int size) {

    public Page {
        items = List.copyOf(items);
    }

    /** How many pages there are; 0 when there are no rows. */
    public long pages() {
        return total / size + (total % size == 0 ? 0 : 1);
    }

    /** Whether there is a page behind this one. */
    public boolean hasNext() {
        return number < pages();
    }

    /** Whether there are rows before those of this page. */
    public boolean hasPrevious() {
        return number > 1 && total > 0;
    }

    /** The same page of other items. */
    public <U> Page<U> map(Function<? super T, ? extends U> function) {
        return new Page<>(items.stream().<U>map(function).toList(), total, number, size);
    }
}
