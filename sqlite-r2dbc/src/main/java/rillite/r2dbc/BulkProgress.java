package rillite.r2dbc;

/**
 * How far an import is. Only committed rows count.
 *
 * @param rows rows committed so far
 * @param windows windows committed so far
 */
public record BulkProgress(long rows, long windows) {}
