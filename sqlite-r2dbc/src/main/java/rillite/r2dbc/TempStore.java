package rillite.r2dbc;

/** Where SQLite keeps temporary tables and sorter spills. */
public enum TempStore {
    /** As the SQLite library was built. */
    DEFAULT,
    /** In temporary files. */
    FILE,
    /** In memory. */
    MEMORY
}
