package rillite.querysets;

/**
 * How many rows may be held in memory.
 *
 * @param prefetched rows of one statement for the related rows of one chunk of owners
 * @param materialized rows that a write gives back, and owners that are read before their related rows where a connection
 *     has one open result only
 */
record RowLimits(int prefetched, int materialized) {

    static final RowLimits DEFAULTS = new RowLimits(100_000, 100_000);

    RowLimits {
        check("maxPrefetchRows", prefetched);
        check("maxMaterializeRows", materialized);
    }

    private static void check(String option, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, got " + rows);
        }
    }
}
