/** Test support that other modules share through the test-jar. Not published. */
@NullMarked
package rillite.core.testing;

import org.jspecify.annotations.NullMarked;
