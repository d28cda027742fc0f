package rillite.r2dbc;

/** The mode written after BEGIN. */
enum BeginMode {
    NONE,
    DEFERRED,
    IMMEDIATE,
    EXCLUSIVE
}
