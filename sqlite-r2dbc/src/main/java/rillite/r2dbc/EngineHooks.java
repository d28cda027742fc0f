package rillite.r2dbc;

/** What a physical connection tells its engine. */
interface EngineHooks {
    /** A statement changed the schema, or a transaction that did so ended. */
    void schemaChanged();

    /** Grows with every {@link #schemaChanged()}; read before a statement starts, so that an old shape is never kept. */
    int schemaEpoch();

    /** Writes were acknowledged on the writer; the moment for a checkpoint. */
    void afterWrites(SqlitePhysical writer, boolean idle);

    /** The version of SQLite below, told at open. */
    void version(String version);

    /** Whether the engine is being closed, which interrupts what still runs. */
    boolean closing();

    /** Where connections that write tell what they commit. */
    ChangeFeed changeFeed();

    /** The counts over all physical connections. */
    EngineCounters counters();

    /** Looks whether the file is still the one that was opened; once it is not, statements are refused. */
    boolean fileMoved();

    /** Something failed that no subscriber can be told. */
    void unexpected(String what, Throwable error);
}
