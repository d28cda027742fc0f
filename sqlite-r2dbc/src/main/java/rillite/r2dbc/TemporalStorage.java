package rillite.r2dbc;

/** Decides how points in time are stored, and how integers in date and time columns are read. */
public enum TemporalStorage {
    /** ISO text in UTC with three digits of milliseconds. The default. */
    TEXT,
    /** Milliseconds since 1970-01-01T00:00:00Z. */
    EPOCH_MILLIS,
    /** Seconds since 1970-01-01T00:00:00Z. */
    EPOCH_SECONDS
}
