/** How fast this machine is, {@code rillite bench}. */
@NullMarked
package rillite.cli.bench;

import org.jspecify.annotations.NullMarked;
