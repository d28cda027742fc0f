package rillite.auth.authjs;

/** How a Prisma client keeps dates in SQLite: see the option {@code timestampFormat} of its driver adapter. */
public enum PrismaDates {
    /** Text as {@code 2030-01-01T00:00:00.123+00:00}: the default of the driver adapters. */
    ISO_OFFSET,
    /** Milliseconds since 1970 as an integer: {@code unixepoch-ms}. */
    EPOCH_MS
}
