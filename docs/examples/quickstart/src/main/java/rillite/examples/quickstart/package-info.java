/**
 * The demo of Rillite: discovers a schema, streams a query, reads slowly, writes from many subscribers, imports, and
 * misspells a column, each with real numbers. {@link rillite.examples.quickstart.Demo} is the program;
 * {@code Explorer} is the only seam to the query layer, everything else speaks the R2DBC SPI.
 */
@NullMarked
package rillite.examples.quickstart;

import org.jspecify.annotations.NullMarked;
