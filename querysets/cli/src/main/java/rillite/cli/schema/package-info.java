/**
 * The commands that change a schema and that write Java for it: {@code migrate} and its sisters, {@code make}, {@code
 * generate}.
 */
@NullMarked
package rillite.cli.schema;

import org.jspecify.annotations.NullMarked;
