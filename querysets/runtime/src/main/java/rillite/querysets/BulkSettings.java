package rillite.querysets;

/**
 * How the rows of a bulk are cut into transactions.
 *
 * @param rows most rows of one window
 * @param bytes bytes of values after which a window is full
 * @param atomic whether all windows belong to one transaction
 * @param bounded whether the rows are in memory anyway
 */
record BulkSettings(int rows, long bytes, boolean atomic, boolean bounded) {

    private static final int MOST_ROWS = 1_000_000;

    /** Windows of 5,000 rows or 4 MiB. */
    static final BulkSettings STREAM = new BulkSettings(5_000, 4L << 20, false, false);

    static final BulkSettings COLLECTION = new BulkSettings(5_000, 4L << 20, true, true);

    BulkSettings {
        if (rows < 1 || rows > MOST_ROWS) {
            throw Errors.invalidQuery("batch must be from 1 to " + MOST_ROWS + " rows, got " + rows + ".");
        }
        if (bytes < 1) {
            throw Errors.invalidQuery("batchBytes must be at least 1, got " + bytes + ".");
        }
    }

    BulkSettings rows(int newRows) {
        return new BulkSettings(newRows, bytes, atomic, bounded);
    }

    BulkSettings bytes(long newBytes) {
        return new BulkSettings(rows, newBytes, atomic, bounded);
    }

    BulkSettings inOneTransaction() {
        return new BulkSettings(rows, bytes, true, bounded);
    }
}
