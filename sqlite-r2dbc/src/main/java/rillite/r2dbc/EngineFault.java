package rillite.r2dbc;

/** Errors the engine raises without a result code of SQLite, or gives a meaning of its own. */
enum EngineFault {
    RESULT_TOO_LARGE(
            SqliteErrorCode.OK,
            "53400",
            ErrorFamily.TRANSIENT_RESOURCE,
            "The write was rolled back. Return fewer rows or columns, write in parts, or raise maxMaterializeBytes."),
    QUERY_TOO_LARGE(
            SqliteErrorCode.OK,
            "53400",
            ErrorFamily.TRANSIENT_RESOURCE,
            "A query that others follow in one text is read at once: execute it as a statement of its own, or raise"
                    + " maxMaterializeBytes."),
    SHARED_SESSION(
            SqliteErrorCode.OK,
            "0A000",
            ErrorFamily.NON_TRANSIENT,
            "Open the connection factory with session=dedicated for it."),
    NO_OWN_CONNECTION(
            SqliteErrorCode.OK, "0A000", ErrorFamily.NON_TRANSIENT, "Use session=shared, or journalMode=WAL."),
    READ_ONLY_TRANSACTION(
            SqliteErrorCode.READONLY,
            "25006",
            ErrorFamily.PERMISSION_DENIED,
            "Begin the transaction without READ_ONLY to write."),
    IN_TRANSACTION(
            SqliteErrorCode.ERROR, "25001", ErrorFamily.NON_TRANSIENT, "End the transaction first and run it alone."),
    NO_TRANSACTION(SqliteErrorCode.ERROR, "25P01", ErrorFamily.NON_TRANSIENT, "Begin a transaction first."),
    CANNOT_OPEN(
            SqliteErrorCode.CANTOPEN,
            "08001",
            ErrorFamily.NON_TRANSIENT_RESOURCE,
            "Check the path, its permissions and the option mode."),
    QUEUE_FULL(SqliteErrorCode.OK, "53400", ErrorFamily.TRANSIENT_RESOURCE, "Nothing was run; try again later."),
    CHANGES_MISSED(
            SqliteErrorCode.OK,
            "53400",
            ErrorFamily.TRANSIENT_RESOURCE,
            "Subscribe again, then read what the changes would have told; take changes faster, or write in smaller"
                    + " transactions."),
    TOO_MANY_CURSORS(
            SqliteErrorCode.OK,
            "53400",
            ErrorFamily.TRANSIENT_RESOURCE,
            "Read results to their end or cancel them, or raise maxReaderConnections."),
    LOCK_WAIT(
            SqliteErrorCode.BUSY,
            "55P03",
            ErrorFamily.TIMEOUT,
            "Nothing was run and it may be tried again. A write inside a write transaction must use the connection of"
                    + " that transaction; else it waits for itself."),
    STATEMENT_TIMEOUT(
            SqliteErrorCode.INTERRUPT,
            "57014",
            ErrorFamily.TIMEOUT,
            "A write in auto-commit was rolled back. Raise statementTimeout or make the statement cheaper."),
    CONNECT_TIMEOUT(
            SqliteErrorCode.OK,
            "08001",
            ErrorFamily.TIMEOUT,
            "Look for a process that holds the file, or raise connectTimeout."),
    INTERRUPTED_BY_CLOSE(
            SqliteErrorCode.INTERRUPT, "57014", ErrorFamily.NON_TRANSIENT_RESOURCE, "The engine was being closed."),
    CURSOR_IDLE(
            SqliteErrorCode.OK,
            "57014",
            ErrorFamily.TRANSIENT_RESOURCE,
            "Run it again: in pages by key, collected at once, or with a longer cursorIdleTimeout."),
    SNAPSHOT_TOO_OLD(
            SqliteErrorCode.OK,
            "57014",
            ErrorFamily.TRANSIENT_RESOURCE,
            "Run it again: in pages by key, or collected at once."),
    TRANSACTION_IDLE(
            SqliteErrorCode.OK,
            "40000",
            ErrorFamily.ROLLBACK,
            "The transaction was rolled back; run it again from its beginning, and wait for others before it, not in"
                    + " it."),
    TRANSACTION_KILLED(
            SqliteErrorCode.ABORT_ROLLBACK,
            "40000",
            ErrorFamily.ROLLBACK,
            "SQLite rolled the whole transaction back; run it again from its beginning."),
    ENGINE_CLOSED(SqliteErrorCode.OK, "08003", ErrorFamily.NON_TRANSIENT_RESOURCE, "Open a new connection factory."),
    NO_LIBRARY(
            SqliteErrorCode.OK,
            "08001",
            ErrorFamily.NON_TRANSIENT_RESOURCE,
            "sqlite-jdbc unpacks its library into the temporary folder, which must be writable and must not be mounted"
                    + " noexec; name another one with -Dorg.sqlite.tmpdir."),
    FILE_MOVED(
            SqliteErrorCode.READONLY_DBMOVED,
            "58030",
            ErrorFamily.NON_TRANSIENT_RESOURCE,
            "What was written since is in a file without a name; close all factories of this database and open them again."),
    FILE_HELD(
            SqliteErrorCode.OK,
            "08001",
            ErrorFamily.NON_TRANSIENT_RESOURCE,
            "Close the other engine first: two copies of SQLite in one process lose each other's locks."),
    OTHER_OPTIONS(
            SqliteErrorCode.OK,
            "08001",
            ErrorFamily.NON_TRANSIENT_RESOURCE,
            "Factories on one database share its engine: let all use one factory, or give them equal options."),
    FOREIGN_KEYS_BROKEN(
            SqliteErrorCode.CONSTRAINT_FOREIGNKEY,
            "23503",
            ErrorFamily.DATA_INTEGRITY,
            "The rebuild was rolled back. Insert the parents, or delete or change these rows: nothing cascades while"
                    + " tables are rebuilt."),
    FOREIGN_KEYS_OFF(
            SqliteErrorCode.ERROR,
            "58030",
            ErrorFamily.NON_TRANSIENT_RESOURCE,
            "Nothing runs on this connection before foreign keys are enforced again; close the connection factory."),
    READ_ONLY(
            SqliteErrorCode.READONLY, "25006", ErrorFamily.PERMISSION_DENIED, "Open the database with mode rwc or rw.");

    private final SqliteErrorCode code;
    private final String sqlState;
    private final ErrorFamily family;
    private final String advice;

    EngineFault(SqliteErrorCode code, String sqlState, ErrorFamily family, String advice) {
        this.code = code;
        this.sqlState = sqlState;
        this.family = family;
        this.advice = advice;
    }

    SqliteErrorCode code() {
        return code;
    }

    String sqlState() {
        return sqlState;
    }

    ErrorFamily family() {
        return family;
    }

    String advice() {
        return advice;
    }
}
