package rillite.r2dbc;

/** The kind of constraint that refused a value. */
public enum ConstraintKind {
    /** A UNIQUE column, table constraint or index. */
    UNIQUE,
    /** A PRIMARY KEY. */
    PRIMARY_KEY,
    /** The rowid of a table without INTEGER PRIMARY KEY. */
    ROWID,
    /** NOT NULL. */
    NOT_NULL,
    /** FOREIGN KEY; SQLite does not say which one. */
    FOREIGN_KEY,
    /** CHECK. */
    CHECK,
    /** RAISE in a trigger. */
    TRIGGER,
    /** The storage class does not fit a column of a STRICT table, or an INTEGER PRIMARY KEY. */
    DATATYPE,
    /** A virtual table, a function, or a constraint SQLite does not describe. */
    OTHER
}
