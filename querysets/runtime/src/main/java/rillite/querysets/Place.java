package rillite.querysets;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a typed column stands.
 *
 * @param way relations from the root of the query to its table
 * @param name of the column
 * @param index among the columns of its table class
 * @param type in which it is read
 */
record Place<V>(List<String> way, String name, int index, Class<V> type) {

    Place {
        way = List.copyOf(way);
    }

    static Place<?> of(Col<?, ?> column) {
        Place<?> place = ((Expr<?, ?>) column).place();
        if (place == null) {
            throw new IllegalStateException("a column without a place: " + column);
        }
        return place;
    }

    KeyPath path() {
        List<String> segments = new ArrayList<>(way);
        segments.add(name);
        return KeyPath.of(segments);
    }
}
