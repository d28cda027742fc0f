package rillite.r2dbc;

/** Java type of an untyped read of an INTEGER whose declared type does not fix it. */
public enum IntegerType {
    /** Integer where the value fits, else Long. The default. */
    NARROW,
    /** Always Long. */
    LONG
}
