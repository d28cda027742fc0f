package rillite.r2dbc;

/** How date-time values are stored, and how integers found in date-time columns are read. */
public enum TemporalStorage {
    /** ISO text in the forms SQLite's own date functions write. The default. */
    TEXT,
    /** INTEGER milliseconds since 1970-01-01T00:00:00Z. */
    EPOCH_MILLIS,
    /** INTEGER seconds since 1970-01-01T00:00:00Z. */
    EPOCH_SECONDS
}
