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
record Place<V>(List<String> way, String name, int index, Reading type) {

    Place {
        way = List.copyOf(way);
    }

    Place(List<String> way, String name, int index, Class<V> type) {
        this(way, name, index, Reading.of(type));
    }

    static Place<?> of(Col<?, ?> column) {
        Place<?> place = ((Expr<?, ?>) column).place();
        if (place == null) {
            throw new IllegalStateException("a column without a place: " + column);
        }
        return place;
    }

    /** The keys of columns. */
    static String[] names(Col<?, ?> first, Col<?, ?>[] more) {
        String[] names = new String[more.length + 1];
        names[0] = of(first).path().text();
        for (int i = 0; i < more.length; i++) {
            names[i + 1] = of(more[i]).path().text();
        }
        return names;
    }

    KeyPath path() {
        List<String> segments = new ArrayList<>(way);
        segments.add(name);
        return KeyPath.of(segments);
    }
}
