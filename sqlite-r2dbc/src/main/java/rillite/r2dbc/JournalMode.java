package rillite.r2dbc;

/**
 * Journal mode the engine sets when it opens a file for writing.
 *
 * <p>SQLite's OFF is not offered: without a journal ROLLBACK is undefined, and so would be every failed transaction.
 */
public enum JournalMode {
    /** Write-ahead log: readers and the writer do not block each other. The default for files. */
    WAL,
    /** The journal file is deleted at each commit. One connection serves everything. */
    DELETE,
    /** The journal file is truncated at each commit. One connection serves everything. */
    TRUNCATE,
    /** The journal file stays, its header is overwritten at each commit. One connection serves everything. */
    PERSIST,
    /** The journal is kept in memory: a crash in mid-transaction may corrupt a file. In-memory databases use it. */
    MEMORY
}
