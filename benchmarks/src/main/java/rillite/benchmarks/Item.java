package rillite.benchmarks;

/**
 * One row of five columns, two of them text. Every value follows from the id, so that a reader can be checked without a
 * copy of the data.
 */
record Item(long id, String name, String email, long amount, double score) {

    static final String TABLE = "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, "
            + "amount INTEGER NOT NULL, score REAL NOT NULL)";
    static final String INSERT = "INSERT INTO item(id, name, email, amount, score) VALUES (?, ?, ?, ?, ?)";
    static final String SCAN = "SELECT id, name, email, amount, score FROM item";
    static final String LOOKUP = "SELECT amount FROM item WHERE id = ?";

    static Item of(long id) {
        return new Item(id, nameOf(id), "reader" + id % 9_973 + "@example.org", amountOf(id), scoreOf(id));
    }

    static long amountOf(long id) {
        return id * 7_919 % 100_003;
    }

    /** A multiple of one half, so that sums of doubles are exact. */
    static double scoreOf(long id) {
        return id % 1_001 * 0.5;
    }

    /** An id from 1 to {@code rows}, spread over the table, for step {@code step} of subscriber {@code subscriber}. */
    static long keyFor(int subscriber, long step, int rows) {
        long mixed = (subscriber * 1_000_003L + step + 1) * 0x9E3779B97F4A7C15L;
        return 1 + Long.remainderUnsigned(mixed ^ mixed >>> 29, rows);
    }

    Object[] values() {
        return new Object[] {id, name, email, amount, score};
    }

    private static String nameOf(long id) {
        return "Name " + id * 31 % 1_000_000;
    }
}
