/** jOOQ over the driver. */
@NullMarked
package rillite.r2dbc.jooq;

import org.jspecify.annotations.NullMarked;
