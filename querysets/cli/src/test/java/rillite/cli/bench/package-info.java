@NullMarked
package rillite.cli.bench;

import org.jspecify.annotations.NullMarked;
