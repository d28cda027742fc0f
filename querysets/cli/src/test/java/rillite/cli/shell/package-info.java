@NullMarked
package rillite.cli.shell;

import org.jspecify.annotations.NullMarked;
