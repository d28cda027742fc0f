package rillite.r2dbc;

/** When SQLite waits for the disk. */
public enum Synchronous {
    /** Never: a power loss may corrupt the file. */
    OFF,
    /** At checkpoints: with WAL the file stays sound, but acknowledged commits may vanish on power loss. */
    NORMAL,
    /** At every commit: an acknowledged commit survives power loss if the disk honours the request. The default. */
    FULL,
    /** As FULL, and the directory of a rollback journal is synchronised too. */
    EXTRA
}
