package rillite.r2dbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads without a class: the declared type decides, unless the storage class cannot hold it.
 *
 * <p>A number in a TEXT column stays a number, a text in an INTEGER column a text. A text that does not spell what its
 * column declares (a date, a boolean, a UUID, a decimal) is an error, never null.
 */
final class UntypedReads {
    private UntypedReads() {}

    static @Nullable Object read(RowChunk chunk, int row, int column, CodecOptions options) {
        DeclaredType.Kind kind = chunk.columns().type(column).kind();
        return switch (chunk.storage(row, column)) {
            case NULL -> null;
            case INTEGER -> integer(chunk, row, column, options, kind);
            case REAL -> real(chunk.doubleAt(row, column), kind);
            case TEXT -> text(chunk, row, column, options, kind);
            case BLOB ->
                kind == DeclaredType.Kind.UUID
                        ? TypedReads.uuid(new Cell(chunk, row, column, UUID.class, options))
                        : ByteBuffer.wrap(chunk.bytesAt(row, column));
        };
    }

    private static Object integer(RowChunk chunk, int row, int column, CodecOptions options, DeclaredType.Kind kind) {
        long value = chunk.longAt(row, column);
        return switch (kind) {
            case BIGINT -> value;
            case SMALLINT -> narrow(value);
            case BOOLEAN -> value != 0;
            case DECIMAL -> BigDecimal.valueOf(value);
            case DATE, TIME, DATETIME ->
                options.temporalStorage() == TemporalStorage.TEXT
                        ? plain(value, options)
                        : temporal(chunk, row, column, options, kind);
            default -> plain(value, options);
        };
    }

    private static Object real(double value, DeclaredType.Kind kind) {
        return kind == DeclaredType.Kind.DECIMAL && !Double.isInfinite(value)
                ? BigDecimal.valueOf(value)
                : (Object) value;
    }

    private static Object text(RowChunk chunk, int row, int column, CodecOptions options, DeclaredType.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> TypedReads.truth(new Cell(chunk, row, column, Boolean.class, options));
            case DECIMAL -> NumberReads.bigDecimal(new Cell(chunk, row, column, BigDecimal.class, options));
            case UUID -> TypedReads.uuid(new Cell(chunk, row, column, UUID.class, options));
            case DATE, TIME, DATETIME -> temporal(chunk, row, column, options, kind);
            default -> chunk.textAt(row, column);
        };
    }

    private static Object temporal(RowChunk chunk, int row, int column, CodecOptions options, DeclaredType.Kind kind) {
        return switch (kind) {
            case DATE -> TemporalReads.anyDate(new Cell(chunk, row, column, LocalDate.class, options));
            case TIME -> TemporalReads.anyTime(new Cell(chunk, row, column, LocalTime.class, options));
            default -> TemporalReads.dateTime(new Cell(chunk, row, column, LocalDateTime.class, options));
        };
    }

    private static Object plain(long value, CodecOptions options) {
        return options.integerType() == IntegerType.LONG ? (Object) value : narrow(value);
    }

    private static Object narrow(long value) {
        return value == (int) value ? (Object) (int) value : (Object) value;
    }
}
