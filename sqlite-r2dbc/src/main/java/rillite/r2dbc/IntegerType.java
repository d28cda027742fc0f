package rillite.r2dbc;

/** Decides which Java type an integer of a column declared INTEGER, or not declared at all, has in an untyped read. */
public enum IntegerType {
    /** Integer where the value fits 32 bits, Long otherwise. The default. */
    NARROW,
    /** Always Long. */
    LONG
}
