package rillite.benchmarks;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;

/**
 * One file opened by one rival. Methods are called one at a time from one thread and return when the work is done. A rival
 * implements what belongs to the workloads it takes part in.
 */
interface Store extends AutoCloseable {

    /** Point reads by primary key, checked one by one, until the slice of time is over. */
    default Tally pointReads(Load load) {
        throw absent("reads single rows");
    }

    /** Single-row inserts, each durable on its own, until the slice of time is over. */
    default Tally inserts(Load load) {
        throw absent("inserts single rows");
    }

    /** Reads the whole item table row by row, every column. */
    default Sums scan() {
        throw absent("reads all rows");
    }

    /** Inserts the rows, all in one transaction, and returns how many were counted. */
    default long load(Flux<Object[]> rows) {
        throw absent("imports rows");
    }

    /** As {@link #pointReads}, recording nanoseconds from asking to having the value. */
    default void latencies(Load load, Histogram histogram) {
        throw absent("reads single rows");
    }

    /** Reads rows with those related to them. */
    default FamilyReader families() {
        throw absent("reads related rows");
    }

    private UnsupportedOperationException absent(String what) {
        return new UnsupportedOperationException(getClass().getSimpleName() + " takes part in nothing that " + what);
    }

    @Override
    void close();

    /**
     * @param subscribers how many at once
     * @param nanos how long, in nanoseconds
     * @param rows rows of the item table
     * @param pause what each subscriber waits before each operation
     */
    record Load(int subscribers, long nanos, int rows, Duration pause) {

        Load(int subscribers, long nanos, int rows) {
            this(subscribers, nanos, rows, Duration.ZERO);
        }
    }
}
