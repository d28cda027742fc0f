package rillite.querysets;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Copies of rows that have more places for related rows; rows of one shape have one shape afterwards too. */
final class WiderShapes {

    private final List<String> names;
    private final Origin origin;
    private final Map<RowShape, RowShape> wider = new IdentityHashMap<>(2);

    WiderShapes(List<String> names, Origin origin) {
        this.names = names;
        this.origin = origin;
    }

    Row copy(Row row) {
        return row.copy(wider.computeIfAbsent(
                row.shape(), shape -> shape.with(shape.slots().and(names), origin)));
    }
}
