/**
 * Rows on the command line: queries and their plans, import and export, copies of files.
 *
 * <p>An {@link rillite.cli.data.Answer} is rows on their way out; a {@link rillite.cli.data.RowWriter} writes them in one of
 * the forms of {@link rillite.cli.data.RowFormat}.
 */
@NullMarked
package rillite.cli.data;

import org.jspecify.annotations.NullMarked;
