/**
 * Migrations: plain SQL files that change a schema step by step, and back. The door is {@link
 * rillite.querysets.migrate.Migrations}.
 */
@NullMarked
package rillite.querysets.migrate;

import org.jspecify.annotations.NullMarked;
