/** Tables and records of the library, as they are generated. */
@NullMarked
package rillite.querysets.library;

import org.jspecify.annotations.NullMarked;
