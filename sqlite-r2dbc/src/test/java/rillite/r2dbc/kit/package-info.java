/** The contract of the R2DBC SPI: its whole test kit in four bind styles, direct, through a proxy, through a pool. */
@NullMarked
package rillite.r2dbc.kit;

import org.jspecify.annotations.NullMarked;
