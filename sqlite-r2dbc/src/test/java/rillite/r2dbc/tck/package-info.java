/** The publishers of the driver under the test kit of Reactive Streams. */
@NullMarked
package rillite.r2dbc.tck;

import org.jspecify.annotations.NullMarked;
