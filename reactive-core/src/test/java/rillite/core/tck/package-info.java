/** Reactive Streams' own test kit on the publishers of the lanes. */
@NullMarked
package rillite.core.tck;

import org.jspecify.annotations.NullMarked;
