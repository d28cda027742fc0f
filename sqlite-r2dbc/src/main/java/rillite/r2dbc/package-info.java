@NullMarked
package rillite.r2dbc;

import org.jspecify.annotations.NullMarked;
