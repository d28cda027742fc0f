package rillite.r2dbc;

/** What a database can do; asked by the layers above, which also run on engines that can do less. */
public interface SqliteFeatures {

    /** Tells whether a transaction may wait for its caller between two statements. */
    default boolean interactiveTransactions() {
        return true;
    }

    /** Tells whether transactions have savepoints. */
    default boolean savepoints() {
        return true;
    }

    /** Tells whether a result is read by demand. */
    default boolean serverCursors() {
        return true;
    }

    /** Tells whether writes can return rows. */
    default boolean returning() {
        return true;
    }

    /** Tells whether several statements may run on one snapshot, one beside an open cursor of the other. */
    default boolean concurrentStatements() {
        return true;
    }

    /** Tells whether PRAGMAs reach the database. */
    default boolean pragmas() {
        return true;
    }

    /** Tells how the database is replicated; "none" for a local file. */
    default String replication() {
        return "none";
    }

    /** Returns the URL under which JDBC tools, such as Flyway, reach the same database. Empty in memory. */
    String jdbcUrl();
}
