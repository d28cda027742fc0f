package rillite.r2dbc;

/** How the database file is opened. */
public enum OpenMode {
    /** Read and write; a missing file is created, readable by its owner only. The default. */
    RWC,
    /** Read and write; a missing file is an error. */
    RW,
    /** Read only: no writer is opened, the journal mode is left alone and writes fail with SQLState 25006. */
    RO
}
