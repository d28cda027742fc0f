package rillite.querysets;

/**
 * A computed value with a name.
 *
 * @param selected whether rows carry it; false for an alias
 */
record Annotation(Operand operand, boolean selected) {}
