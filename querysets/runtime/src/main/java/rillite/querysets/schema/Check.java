package rillite.querysets.schema;

import org.jspecify.annotations.Nullable;

/**
 * A CHECK constraint.
 *
 * @param name the name given by CONSTRAINT, null without one
 * @param sql the condition as written, without the brackets around it
 * @param column name of the column in whose declaration it stands, null for a constraint of the table
 */
public record Check(
        @Nullable String name, String sql, @Nullable String column) {}
