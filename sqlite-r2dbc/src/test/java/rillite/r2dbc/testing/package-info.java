/** Helpers of the driver's tests: a database under test, waiting with bounds, the leak assertion, child processes. */
@NullMarked
package rillite.r2dbc.testing;

import org.jspecify.annotations.NullMarked;
