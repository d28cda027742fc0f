/** The tables of the comparisons as entity beans. Ebean's agent rewrites them when they are loaded. */
@NullMarked
package rillite.benchmarks.beans;

import org.jspecify.annotations.NullMarked;
