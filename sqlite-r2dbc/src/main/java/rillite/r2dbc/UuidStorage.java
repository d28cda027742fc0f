package rillite.r2dbc;

/** Decides how UUIDs are stored. */
public enum UuidStorage {
    /** Text of 36 characters in lower case. The default. */
    TEXT,
    /** A blob of 16 bytes, most significant byte first. */
    BLOB
}
