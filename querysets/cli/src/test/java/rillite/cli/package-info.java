@NullMarked
package rillite.cli;

import org.jspecify.annotations.NullMarked;
