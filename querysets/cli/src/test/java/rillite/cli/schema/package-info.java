@NullMarked
package rillite.cli.schema;

import org.jspecify.annotations.NullMarked;
