package rillite.querysets.migrate.make;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something went while something like it came: was it renamed?
 *
 * @param table the table that went, or whose column did
 * @param column the column that went, null for a table
 * @param candidates the names that it may have now, 20 of them at the most
 */
public record RenameQuestion(String table, @Nullable String column, List<String> candidates) {

    static final int MOST = 20;

    public RenameQuestion {
        candidates = List.copyOf(candidates);
    }

    /** What went, as {@link Make#rename} and {@link Make#notRenamed} take it: {@code book.name}. */
    public String from() {
        return column == null ? table : table + "." + column;
    }

    /** The question in words. */
    @Override
    public String toString() {
        return "Was " + (column == null ? "table " : "column ") + from() + " renamed to "
                + String.join(" or ", candidates) + "?";
    }
}
