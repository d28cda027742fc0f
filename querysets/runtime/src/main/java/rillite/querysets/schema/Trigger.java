package rillite.querysets.schema;

/**
 * A trigger of a table or view.
 *
 * @param name name of the trigger
 * @param sql its CREATE TRIGGER statement
 */
public record Trigger(String name, String sql) {}
