@NullMarked
package rillite.cli.data;

import org.jspecify.annotations.NullMarked;
