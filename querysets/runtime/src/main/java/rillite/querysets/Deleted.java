package rillite.querysets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a delete removed.
 *
 * @param byTable the number of rows of each table, in the order in which they were deleted; tables of which no row was
 *     deleted are left out, and rows whose foreign key was only set to NULL or its default are not counted
 */
public record Deleted(Map<String, Long> byTable) {

    static final Deleted NONE = new Deleted(Map.of());

    public Deleted {
        Map<String, Long> some = new LinkedHashMap<>(byTable);
        some.values().removeIf(rows -> rows == 0);
        byTable = Collections.unmodifiableMap(some);
    }

    static Deleted of(String table, long rows) {
        return new Deleted(Map.of(table, rows));
    }

    /** The number of rows of all tables. */
    public long total() {
        return byTable.values().stream().mapToLong(Long::longValue).sum();
    }
}
