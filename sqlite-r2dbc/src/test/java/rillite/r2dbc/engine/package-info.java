/** Tests of one engine as a whole: its life, its bounds, its errors, what it does to the file. */
@NullMarked
package rillite.r2dbc.engine;

import org.jspecify.annotations.NullMarked;
