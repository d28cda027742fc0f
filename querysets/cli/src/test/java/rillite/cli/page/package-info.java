@NullMarked
package rillite.cli.page;

import org.jspecify.annotations.NullMarked;
