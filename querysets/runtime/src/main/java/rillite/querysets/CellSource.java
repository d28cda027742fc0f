package rillite.querysets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one row, in the driver's row or in a row that was read already. */
sealed interface CellSource {

    RowShape shape();

    /** A cell in a type; {@code Object} for that of its column, or for what it is where it contradicts that. */
    @Nullable Object get(int position, Class<?> type);

    /** The row itself where it carries related rows; null straight from the driver. */
    @Nullable Row row();

    /** Cells of the driver's row. */
    record Driven(io.r2dbc.spi.Row cells, RowShape shape) implements CellSource {

        @Override
        public @Nullable Object get(int position, Class<?> type) {
            if (type == Object.class) {
                return CellReader.read(cells, position, shape.type(position));
            }
            if (type == Instant.class) {
                return instant(position);
            }
            if (!type.isEnum()) {
                try {
                    return cells.get(position, type);
                } catch (RuntimeException otherwiseStored) {
                    return converted(position, type);
                }
            }
            return converted(position, type);
        }

        private @Nullable Object instant(int position) {
            String text;
            try {
                text = cells.get(position, String.class);
            } catch (RuntimeException noText) {
                return converted(position, Instant.class);
            }
            return text == null ? null : CellSource.to(this, position, Stored.instant(text), Instant.class);
        }

        private @Nullable Object converted(int position, Class<?> type) {
            Object value = CellReader.read(cells, position, shape.type(position));
            return value == null ? null : CellSource.to(this, position, value, type);
        }

        @Override
        public @Nullable Row row() {
            return null;
        }
    }

    /** Cells of a row that was read already. */
    record Held(Row row) implements CellSource {

        @Override
        public RowShape shape() {
            return row.shape();
        }

        @Override
        public @Nullable Object get(int position, Class<?> type) {
            Object value = row.at(position);
            if (value == null || type.isInstance(value)) {
                return value;
            }
            Object read = type == Instant.class ? Stored.instant(value) : value;
            return CellSource.to(this, position, read, type);
        }
    }

    /** Converts a value; only an error is worth the label. */
    private static Object to(CellSource cells, int position, Object value, Class<?> type) {
        return Conversions.to(value, type, () -> label(cells, position));
    }

    /** NULL where a value was promised. */
    default InvalidValueException unexpectedNull(int position) {
        return new InvalidValueException(
                "The value of " + label(this, position)
                        + " is NULL, but is read as one that is never NULL. The file contradicts its schema, or the value is"
                        + " computed: read it as one that may be NULL.",
                null);
    }

    /** {@code table.column (key 3)}. */
    static String label(CellSource cells, int position) {
        RowShape shape = cells.shape();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            values.add(cells.untyped(i));
        }
        return shape.label(position, values.toArray());
    }

    private @Nullable Object untyped(int position) {
        return this instanceof Driven driven
                ? CellReader.read(driven.cells, position, driven.shape.type(position))
                : ((Held) this).row.at(position);
    }
}
