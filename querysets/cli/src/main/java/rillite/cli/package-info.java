/**
 * The command line: {@code rillite inspect shop.db} and its sisters, one class per command.
 *
 * <p>{@link rillite.cli.Main} is the program. Everything else can be run in a test: {@link rillite.cli.Rillite} takes a
 * {@link rillite.cli.Terminal} and gives an exit code. Commands wait for publishers; nothing here is for use in a server.
 */
@NullMarked
package rillite.cli;

import org.jspecify.annotations.NullMarked;
