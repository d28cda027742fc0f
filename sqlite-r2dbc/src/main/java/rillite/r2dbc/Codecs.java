package rillite.r2dbc;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Parameter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Turns Java values into the four kinds SQLite stores, and cells into Java values. Immutable; any thread. */
final class Codecs {
    /** SQLite's own limit for the length of a string or blob. */
    private static final int MAX_LENGTH = 1_000_000_000;

    private final CodecOptions options;
    private final ValueEncoder encoder;

    Codecs(CodecOptions options) {
        this.options = options;
        this.encoder = new ValueEncoder(options);
    }

    CodecOptions options() {
        return options;
    }

    /**
     * Checks and encodes what a user binds: a value or an In parameter. Returns Long, Double, String or byte[]; null
     * for a parameter without a value; a Blob or Clob unchanged (see {@link #aggregate}). Throws
     * IllegalArgumentException for everything SQLite cannot keep as it is.
     */
    @Nullable Object bindable(@Nullable Object value) {
        if (value == null) {
            throw CodecErrors.nullBind();
        }
        if (!(value instanceof Parameter parameter)) {
            return isDeferred(value) ? value : encoder.encode(value);
        }
        if (parameter instanceof Parameter.Out) {
            throw CodecErrors.outParameter();
        }
        Object inner = parameter.getValue();
        return inner == null || isDeferred(inner) ? inner : encoder.encode(inner);
    }

    /** Encodes to Long, Double, String or byte[], or throws IllegalArgumentException. */
    Object encode(Object value) {
        return encoder.encode(value);
    }

    /** True for values that must be aggregated before the command is queued. */
    static boolean isDeferred(@Nullable Object value) {
        return value instanceof Blob || value instanceof Clob;
    }

    /**
     * Collects a Blob to byte[] or a Clob to String. Work starts at subscription, cancel cancels the stream; content
     * over SQLite's limit of 1,000,000,000 or with a lone surrogate arrives as an error.
     */
    static Mono<Object> aggregate(Object deferred) {
        if (deferred instanceof Blob blob) {
            return Lobs.collect(blob, MAX_LENGTH).cast(Object.class);
        }
        if (deferred instanceof Clob clob) {
            return Lobs.collect(clob, MAX_LENGTH).cast(Object.class);
        }
        return Mono.error(CodecErrors.unsupportedBind(deferred.getClass()));
    }

    /** Untyped read: the declared type decides where the stored value agrees with it, else the storage class. */
    @Nullable Object decode(RowChunk chunk, int row, int column) {
        return UntypedReads.read(chunk, row, column, options);
    }

    /** Read of a cell as the class asked for; primitives count as their wrappers, Object is an untyped read. */
    <T> @Nullable T decode(RowChunk chunk, int row, int column, Class<T> type) {
        if (type == null) {
            throw new IllegalArgumentException("type must not be null");
        }
        StorageClass storage = chunk.storage(row, column);
        if (storage == StorageClass.TEXT) {
            if (type == String.class) {
                return cast(chunk.textAt(row, column));
            }
        } else if (storage == StorageClass.INTEGER) {
            long value = chunk.longAt(row, column);
            if (type == Long.class || type == long.class) {
                return cast(value);
            }
            if ((type == Integer.class || type == int.class) && value == (int) value) {
                return cast((int) value);
            }
        } else if (storage == StorageClass.REAL && (type == Double.class || type == double.class)) {
            return cast(chunk.doubleAt(row, column));
        } else if (storage == StorageClass.NULL && (type == String.class || type == Long.class)) {
            return null;
        }
        if (type == Object.class) {
            return cast(UntypedReads.read(chunk, row, column, options));
        }
        TypedReads.Read read = TypedReads.of(type);
        if (read == null) {
            throw CodecErrors.unsupportedRead(chunk.columns(), column, type);
        }
        return storage == StorageClass.NULL ? null : cast(read.read(new Cell(chunk, row, column, type, options)));
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }
}
