package rillite.r2dbc;

/** How UUID values are stored. */
public enum UuidStorage {
    /** TEXT of 36 characters, lower case. The default. */
    TEXT,
    /** BLOB of 16 bytes, most significant byte first. */
    BLOB
}
