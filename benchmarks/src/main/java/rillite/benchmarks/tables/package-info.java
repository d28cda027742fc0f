/** The tables of the comparisons as records and table classes, as they are generated for a file. */
@NullMarked
package rillite.benchmarks.tables;

import org.jspecify.annotations.NullMarked;
