package rillite.r2dbc;

/** Whether a connection of the driver has a physical connection for itself. */
public enum SessionKind {
    /** Runs on the engine's shared connections: no TEMP tables, no ATTACH, no session PRAGMAs. The default. */
    SHARED,
    /** Owns one physical connection until it is closed; its writes still queue with all others. Files only. */
    DEDICATED
}
