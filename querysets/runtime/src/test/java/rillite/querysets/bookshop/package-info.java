/** Tables and records of the bookshop, as they are generated. */
@NullMarked
package rillite.querysets.bookshop;

import org.jspecify.annotations.NullMarked;
