package rillite.r2dbc;

/** How Boolean values are stored. */
public enum BooleanStorage {
    /** INTEGER 1 and 0. The default. */
    INTEGER,
    /** TEXT {@code true} and {@code false}. */
    TEXT
}
