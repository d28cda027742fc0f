package rillite.r2dbc;

/** The sentence that says what to do about a code, and what to say where SQLite says nothing. */
final class ErrorAdvice {
    private ErrorAdvice() {}

    /** What to do; empty where the message says it all. */
    static String of(SqliteErrorCode code) {
        return switch (code) {
            case CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARYKEY, CONSTRAINT_ROWID ->
                "A row with this key exists; use another key, or ON CONFLICT.";
            case CONSTRAINT_NOTNULL -> "Give the column a value or a default.";
            case CONSTRAINT_FOREIGNKEY -> "Insert the parent row first, or delete its children first.";
            case CONSTRAINT_CHECK -> "Change the value so that it meets the condition.";
            case CONSTRAINT_DATATYPE, MISMATCH -> "Convert the value to the type of the column before binding it.";
            case CONSTRAINT_COMMITHOOK, ERROR_SNAPSHOT, BUSY_SNAPSHOT, ABORT, ABORT_ROLLBACK ->
                "The transaction is gone; run it again from its beginning.";
            case ERROR_MISSING_COLLSEQ -> "Built in are BINARY, NOCASE and RTRIM; register others before use.";
            case ERROR_RETRY, SCHEMA, EMPTY -> "The schema changed meanwhile; run the statement again.";
            case BUSY, BUSY_RECOVERY, BUSY_TIMEOUT ->
                "Another connection or process holds the lock; nothing was run, try again.";
            case LOCKED, LOCKED_SHAREDCACHE, LOCKED_VTAB ->
                "A statement of this connection still reads it; finish or cancel that first.";
            case READONLY_DBMOVED ->
                "The file was deleted or replaced while open; close this factory and open a new one.";
            case READONLY_DIRECTORY ->
                "WAL needs a writable directory; open with mode=ro and immutable=true if nobody writes.";
            case READONLY, READONLY_RECOVERY, READONLY_CANTLOCK, READONLY_ROLLBACK, READONLY_CANTINIT ->
                "Check mode, the permissions of the file and whether the transaction is read only.";
            case PERM, AUTH, AUTH_USER -> "This operation is not allowed here.";
            case NOMEM, IOERR_NOMEM -> "Lower cacheSize or the heap limit, or give the process more memory.";
            case INTERRUPT -> "The statement was stopped.";
            case CORRUPT, CORRUPT_VTAB, CORRUPT_SEQUENCE, CORRUPT_INDEX, FORMAT ->
                "Stop writing, keep a copy of all its files, and restore a backup.";
            case NOTADB -> "It is no SQLite database, or it is encrypted, which this build cannot read.";
            case FULL -> "Free space or raise max_page_count; what was committed is intact.";
            case CANTOPEN_ISDIR -> "Name a file, not a directory.";
            case PROTOCOL -> "Another process was recovering the log; try again.";
            case TOOBIG -> "Split the value; limits are 1e9 bytes for a value and 1e6 for SQL.";
            case INTERNAL, NOTFOUND, MISUSE, RANGE -> "This is an error of the driver; please report it.";
            default -> byPrimaryCode(code);
        };
    }

    /** A text for a code that came without a message. */
    static String fallback(SqliteErrorCode code) {
        return code.isError() ? "SQLite reports " + code.sqliteName() : "SQLite reports no error";
    }

    private static String byPrimaryCode(SqliteErrorCode code) {
        return switch (SqliteErrorCode.of(code.primaryCode())) {
            case CANTOPEN, NOLFS -> "Check that the directory exists, its permissions, and the limit of open files.";
            case IOERR -> "Check the disk and the file system; the transaction was not committed.";
            default -> "";
        };
    }
}
