/**
 * The demo of Rillite: discovers a schema, streams a query, reads slowly, writes from many subscribers, imports, and
 * misspells a column, each with real numbers. {@link rillite.examples.quickstart.Demo} is the program; each {@code Step}
 * can be read by itself.
 */
@NullMarked
package rillite.examples.quickstart;

import org.jspecify.annotations.NullMarked;
