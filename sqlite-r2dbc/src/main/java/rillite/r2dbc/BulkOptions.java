package rillite.r2dbc;

/**
 * The windows of an import.
 *
 * @param windowRows most rows of one transaction, 1 to 1,000,000
 * @param windowBytes bytes of values after which a window is full, at least 1
 */
public record BulkOptions(int windowRows, long windowBytes) {
    private static final int MOST_ROWS = 1_000_000;

    public BulkOptions {
        if (windowRows < 1 || windowRows > MOST_ROWS) {
            throw new IllegalArgumentException("windowRows must be from 1 to " + MOST_ROWS + ", was " + windowRows);
        }
        if (windowBytes < 1) {
            throw new IllegalArgumentException("windowBytes must be at least 1, was " + windowBytes);
        }
    }

    /** Returns windows of 5,000 rows or 4 MiB. */
    public static BulkOptions defaults() {
        return new BulkOptions(5_000, 4L << 20);
    }
}
