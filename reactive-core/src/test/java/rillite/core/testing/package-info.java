/** Test support shared by all modules: properties checked with seeded random input. */
@NullMarked
package rillite.core.testing;

import org.jspecify.annotations.NullMarked;
