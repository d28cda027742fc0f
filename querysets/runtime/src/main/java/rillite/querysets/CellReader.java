package rillite.querysets;

import io.r2dbc.spi.Row;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.ColumnType;

/**
 * Reads the cells of a result by position.
 *
 * <p>A value that contradicts the declared type of its column is read as whatever it is, so that one odd cell does not
 * end a stream; the row complains when that cell is asked for.
 */
final class CellReader {

    private CellReader() {}

    static @Nullable Object[] read(Row row, RowShape shape) {
        return read(row, shape, 0);
    }

    /** Reads the cells from a position on. */
    static @Nullable Object[] read(Row row, RowShape shape, int from) {
        @Nullable Object[] values = new @Nullable Object[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(row, from + i, shape.type(i));
        }
        return values;
    }

    static @Nullable Object read(Row row, int position, ColumnType type) {
        if (type == ColumnType.ANY) {
            return untyped(row, position);
        }
        try {
            Object value = row.get(position, type.javaType());
            return type == ColumnType.BLOB ? readOnly(value) : value;
        } catch (RuntimeException contradiction) {
            return untyped(row, position);
        }
    }

    /** The value as the driver gives it by itself. */
    static @Nullable Object untyped(Row row, int position) {
        Object value;
        try {
            value = row.get(position);
        } catch (RuntimeException undecodable) {
            return row.get(position, String.class);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return readOnly(value);
    }

    private static @Nullable Object readOnly(@Nullable Object value) {
        return value instanceof ByteBuffer buffer ? buffer.asReadOnlyBuffer() : value;
    }
}
