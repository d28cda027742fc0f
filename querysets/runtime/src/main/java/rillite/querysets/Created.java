package rillite.querysets;

/**
 * A row that was found or made.
 *
 * @param value the row as stored
 * @param created whether it was made just now
 * @param <T> what a row is read as
 */
public record Created<T>(T value, boolean created) {}
