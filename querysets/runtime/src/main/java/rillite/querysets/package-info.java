@NullMarked
package rillite.querysets;

import org.jspecify.annotations.NullMarked;
