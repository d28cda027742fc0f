package rillite.r2dbc;

import rillite.core.LaneStats;

/** The figures of an engine; a capability of connections and of factories whose database is open. */
public interface SqliteStatistics {

    /**
     * Returns what the engine is doing now.
     *
     * @throws IllegalStateException if the database is not open
     */
    LaneStats statistics();

    /**
     * Returns what the engine has done since it was opened.
     *
     * @throws IllegalStateException if the database is not open
     */
    SqliteTotals totals();

    /** Returns the size of the write-ahead log in bytes, by stat; 0 when there is none. */
    long walBytes();
}
