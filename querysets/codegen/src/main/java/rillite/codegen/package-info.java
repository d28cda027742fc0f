/**
 * Writes Java sources from the schema of a SQLite file: a record for each table and view, a record for what is inserted,
 * and a table class with its columns and relations.
 *
 * <p>The front door is {@link rillite.codegen.Codegen}; {@link rillite.codegen.CodegenOptions} says into which package and
 * under which names. The same schema and options give the same bytes.
 */
@NullMarked
package rillite.codegen;

import org.jspecify.annotations.NullMarked;
