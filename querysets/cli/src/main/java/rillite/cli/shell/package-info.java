/** Statements typed one after another, {@code rillite shell}. */
@NullMarked
package rillite.cli.shell;

import org.jspecify.annotations.NullMarked;
