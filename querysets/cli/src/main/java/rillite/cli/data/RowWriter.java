package rillite.cli.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as they come. */
interface RowWriter {

    /** Whether the titles are told when there is no row. */
    default boolean hasHead() {
        return true;
    }

    /** Called once, before the first row; not called when nothing is known of the columns and there is no row. */
    void begin(List<String> names);

    /** Writes one row; the names are those of {@link #begin} unless rows differ. */
    void row(List<String> names, List<@Nullable Object> values);

    /** Called once, after the last row. */
    void end(long rows);
}
