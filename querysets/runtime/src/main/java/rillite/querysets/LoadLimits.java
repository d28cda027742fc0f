package rillite.querysets;

/**
 * How much loading of related rows may hold in memory.
 *
 * @param prefetched rows of one statement for the related rows of one chunk of owners
 * @param materialized owners that are read before their related rows where a connection has one open result only
 */
record LoadLimits(int prefetched, int materialized) {

    static final LoadLimits DEFAULTS = new LoadLimits(100_000, 100_000);

    LoadLimits {
        if (prefetched < 1 || materialized < 1) {
            throw new IllegalArgumentException("maxPrefetchRows and maxMaterializeRows must be at least 1, got "
                    + prefetched + " and " + materialized);
        }
    }
}
