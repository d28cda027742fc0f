package rillite.r2dbc;

/** What one SQL statement does, as far as routing needs to know. */
enum StatementKind {
    /** SELECT, VALUES, WITH .. SELECT, EXPLAIN, and text that SQLite will not compile: runs on a reader. */
    SELECT,
    /** INSERT, UPDATE, DELETE, REPLACE, also behind WITH. */
    DML,
    /** CREATE, DROP, ALTER of lasting objects. */
    DDL,
    /** PRAGMA that only reads. */
    PRAGMA_READ,
    /** PRAGMA that changes the file: writer, alone. */
    PRAGMA_WRITE,
    /** {@code PRAGMA defer_foreign_keys} with a value: belongs to the transaction that holds the lease. */
    DEFER_FOREIGN_KEYS,
    /** VACUUM, REINDEX, ANALYZE, checkpoints, a change of the journal mode: writer, alone, outside a transaction. */
    BARRIER,
    /** VACUUM INTO and the integrity checks: service lane. */
    SERVICE,
    /** BEGIN in any mode. */
    BEGIN,
    /** COMMIT or END. */
    COMMIT,
    /** ROLLBACK of the whole transaction. */
    ROLLBACK,
    /** SAVEPOINT name. */
    SAVEPOINT,
    /** RELEASE name. */
    RELEASE,
    /** ROLLBACK TO name. */
    ROLLBACK_TO,
    /** ATTACH, DETACH, TEMP objects and PRAGMAs of the connection: dedicated sessions only. */
    SESSION,
    /** The literal SET TRANSACTION READ ONLY, which SQLite itself does not know. */
    SET_TRANSACTION_READ_ONLY
}
