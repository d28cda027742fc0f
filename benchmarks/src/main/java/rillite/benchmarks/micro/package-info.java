/** What single steps of a query cost, measured by JMH: building it, compiling it, and all that happens around one row. */
@NullMarked
package rillite.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
