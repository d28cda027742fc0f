/**
 * Migrations written by comparing a database with the schema it should have.
 *
 * <p>The front door is {@link rillite.querysets.migrate.make.Make}: it gives a {@link
 * rillite.querysets.migrate.make.MigrationDraft}, which has the way up and the way down as SQL text. Nothing here changes
 * the database that is compared: what has to be tried out is tried in memory.
 */
@NullMarked
package rillite.querysets.migrate.make;

import org.jspecify.annotations.NullMarked;
