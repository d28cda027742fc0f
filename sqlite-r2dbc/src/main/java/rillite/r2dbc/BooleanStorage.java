package rillite.r2dbc;

/** Decides how booleans are stored. */
public enum BooleanStorage {
    /** 1 and 0. The default. */
    INTEGER,
    /** The texts true and false. */
    TEXT
}
