package rillite.cli.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of an input.
 *
 * @param line where it begins, counted from 1
 * @param values one for each name of the input, or what there was instead when there is a problem
 * @param text the record as it stands in the input; null when the values are all of it
 * @param problem why it is no row; null when it may be one
 */
record Entry(
        long line,
        List<@Nullable Object> values,
        @Nullable String text,
        @Nullable String problem) {

    private static final int CELL = 24;

    Entry {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** About how many characters it keeps in memory. */
    long size() {
        long size = CELL * (1L + values.size()) + (text == null ? 0 : 2L * text.length());
        for (Object value : values) {
            size += value instanceof String string ? string.length() : 0;
        }
        return size;
    }

    /** A number for its content, the same in every run. */
    int fingerprint() {
        return text == null ? values.hashCode() : text.hashCode();
    }
}
