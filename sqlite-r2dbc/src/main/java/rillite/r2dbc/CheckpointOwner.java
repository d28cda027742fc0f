package rillite.r2dbc;

/** Who moves the write-ahead log into the database file. */
public enum CheckpointOwner {
    /** The engine, on its writer. The default. */
    ENGINE,
    /** A replicator such as Litestream: the engine runs no checkpoint and switches SQLite's automatic one off. */
    EXTERNAL
}
