package rillite.r2dbc;

/** The storage class of one cell. SQLite decides it per value, whatever the column declares. */
enum StorageClass {
    NULL,
    INTEGER,
    REAL,
    TEXT,
    BLOB
}
