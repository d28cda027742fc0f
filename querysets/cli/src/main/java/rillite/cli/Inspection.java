package rillite.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/**
 * What is known of a database file.
 *
 * @param path its real path
 * @param bytes its size
 * @param settings PRAGMAs and their values, in the order in which they are shown
 * @param schema all of its schema
 * @param shown the tables and views that were asked for, by name
 * @param rows how many rows they have
 */
public record Inspection(
        Path path, long bytes, Map<String, Object> settings, Schema schema, List<Table> shown, Map<String, Rows> rows) {

    /**
     * How many rows a table has.
     *
     * @param count the number, null when it is not known
     * @param exact false for an estimate
     * @param problem why the table cannot be read, else null
     */
    public record Rows(
            @Nullable Long count, boolean exact, @Nullable String problem) {

        static final Rows UNKNOWN = new Rows(null, false, null);

        /** For example {@code 1,234} or {@code ~1,234}; empty when it is not known. */
        public String text() {
            Long number = count;
            return number == null ? "" : (exact ? "" : "~") + Numbers.grouped(number);
        }
    }

    public Rows rows(Table table) {
        return rows.getOrDefault(table.name(), Rows.UNKNOWN);
    }

    /** A sentence for each table and view that cannot be read. */
    List<String> problems() {
        return rows.entrySet().stream()
                .filter(known -> known.getValue().problem() != null)
                .map(known ->
                        known.getKey() + " cannot be read: " + known.getValue().problem())
                .toList();
    }

    /** Whether every table could be read. */
    boolean isReadable() {
        return rows.values().stream().allMatch(known -> known.problem() == null);
    }

    public long count(Table.Kind kind) {
        return shown.stream().filter(table -> table.kind() == kind).count();
    }
}
