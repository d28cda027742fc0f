/**
 * Whole-program comparisons of the R2DBC driver with what people use today, all in one run.
 *
 * <p>{@link rillite.benchmarks.Benchmarks} forks one JVM per {@link rillite.benchmarks.Workload}, so that each has its
 * own heap limit; inside it the {@link rillite.benchmarks.Rival}s take turns, round by round, on the same file layout
 * and the same pragmas. Every run counts what it did and compares sums with what was asked, so that no rival can win by
 * leaving work out.
 */
@NullMarked
package rillite.benchmarks;

import org.jspecify.annotations.NullMarked;
