/**
 * What is in a database file: tables, columns, keys and indexes as immutable records.
 *
 * <p>The front door is {@link rillite.querysets.schema.Schema}. {@link rillite.querysets.schema.SchemaReader} fills it
 * through SQLite's pragmas over any R2DBC connection to a SQLite file. Everything here is a value and may be shared.
 */
@NullMarked
package rillite.querysets.schema;

import org.jspecify.annotations.NullMarked;
