package rillite.r2dbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import rillite.core.PreparedCursor;

/**
 * A copy on the heap of up to a given number of rows, cell after cell.
 *
 * <p>One lane thread fills it: one put per column, then {@link #endRow()}. Once handed over it is read only, by any
 * thread that received it through a safe publication. The arrays grow with the rows, and those for numbers and for
 * text and blobs only appear with the first such value. Arrays passed in are kept, not copied.
 */
final class RowChunk implements PreparedCursor.Chunk {
    private static final StorageClass[] CLASSES = StorageClass.values();
    private static final byte NULL = (byte) StorageClass.NULL.ordinal();
    private static final byte INTEGER = (byte) StorageClass.INTEGER.ordinal();
    private static final byte REAL = (byte) StorageClass.REAL.ordinal();
    private static final byte TEXT = (byte) StorageClass.TEXT.ordinal();
    private static final byte BLOB = (byte) StorageClass.BLOB.ordinal();
    private static final byte[] NO_TYPES = {};
    private static final long[] NO_NUMBERS = {};
    private static final Object[] NO_OBJECTS = {};
    private static final int FIRST_ROWS = 16;
    private static final int GROWTH = 4;
    private static final int CELL_BYTES = 1 + 8 + 4;
    private static final int ARRAY_BYTES = 16 + 4;
    private static final int STRING_BYTES = 24 + ARRAY_BYTES;

    private final Columns columns;
    private final int width;
    private final int maxCells;
    private byte[] types = NO_TYPES;
    private long[] numbers = NO_NUMBERS;
    private Object[] objects = NO_OBJECTS;
    private int cells;
    private int rows;
    private long payload;
    private boolean last;

    RowChunk(Columns columns, int capacityRows) {
        if (capacityRows < 1) {
            throw new IllegalArgumentException("capacityRows must be at least 1, not " + capacityRows);
        }
        this.columns = columns;
        this.width = columns.size();
        this.maxCells = (int) Math.min((long) width * capacityRows, Integer.MAX_VALUE - 8);
    }

    void putNull() {
        claim(NULL);
    }

    void putLong(long value) {
        putNumber(claim(INTEGER), value);
    }

    void putDouble(double value) {
        putNumber(claim(REAL), Double.doubleToRawLongBits(value));
    }

    void putText(byte[] utf8) {
        putObject(claim(TEXT), utf8);
        payload += ARRAY_BYTES + utf8.length;
    }

    void putText(String text) {
        putObject(claim(TEXT), text);
        payload += STRING_BYTES + 2L * text.length();
    }

    void putBlob(byte[] bytes) {
        putObject(claim(BLOB), bytes);
        payload += ARRAY_BYTES + bytes.length;
    }

    void endRow() {
        if (cells != (rows + 1) * width) {
            throw new IllegalStateException("row " + rows + " got " + (cells - rows * width) + " cells, not " + width);
        }
        rows++;
    }

    Columns columns() {
        return columns;
    }

    /** Number of complete rows. */
    @Override
    public int size() {
        return rows;
    }

    @Override
    public boolean last() {
        return last;
    }

    /** No row follows; said before the chunk is published. */
    void markLast() {
        last = true;
    }

    /** True when no further row fits. */
    boolean isFull() {
        return maxCells - cells < width;
    }

    /** Approximate heap bytes of all cells so far, arrays and object headers included. */
    @Override
    public long bytes() {
        return (long) cells * CELL_BYTES + payload;
    }

    StorageClass storage(int row, int column) {
        return CLASSES[types[row * width + column]];
    }

    /** Value of an INTEGER cell. */
    long longAt(int row, int column) {
        return numbers[row * width + column];
    }

    /** Value of a REAL cell. */
    double doubleAt(int row, int column) {
        return Double.longBitsToDouble(numbers[row * width + column]);
    }

    /** A TEXT cell as it was put, byte array or String, or the byte array of a BLOB cell. */
    Object objectAt(int row, int column) {
        return objects[row * width + column];
    }

    /** Value of a TEXT cell, decoded now if it came as bytes; ill-formed UTF-8 becomes U+FFFD. */
    String textAt(int row, int column) {
        Object value = objects[row * width + column];
        return value instanceof byte[] utf8 ? new String(utf8, UTF_8) : (String) value;
    }

    /** Bytes of a BLOB or TEXT cell; not a copy unless the text came as a String. */
    byte[] bytesAt(int row, int column) {
        Object value = objects[row * width + column];
        return value instanceof byte[] bytes ? bytes : ((String) value).getBytes(UTF_8);
    }

    private int claim(byte type) {
        int cell = cells;
        if (cell == types.length) {
            grow();
        }
        types[cell] = type;
        cells = cell + 1;
        return cell;
    }

    private void putNumber(int cell, long bits) {
        if (cell >= numbers.length) {
            numbers = Arrays.copyOf(numbers, types.length);
        }
        numbers[cell] = bits;
    }

    private void putObject(int cell, Object value) {
        if (cell >= objects.length) {
            objects = Arrays.copyOf(objects, types.length);
        }
        objects[cell] = value;
    }

    private void grow() {
        if (types.length >= maxCells) {
            throw new IllegalStateException("chunk is full: " + rows + " rows of " + width + " columns");
        }
        long wanted = types.length == 0 ? (long) FIRST_ROWS * width : (long) types.length * GROWTH;
        types = Arrays.copyOf(types, (int) Math.min(wanted, maxCells));
    }
}
