/** What the SPI and this driver promise to a caller, told in R2DBC calls and URLs only. */
@NullMarked
package rillite.r2dbc.contract;

import org.jspecify.annotations.NullMarked;
