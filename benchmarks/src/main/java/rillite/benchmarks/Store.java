package rillite.benchmarks;

import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;

/** One file opened by one rival. Methods are called one at a time from one thread and return when the work is done. */
interface Store extends AutoCloseable {

    /** Point reads by primary key, checked one by one, until the slice of time is over. */
    Tally pointReads(Load load);

    /** Single-row inserts, each durable on its own, until the slice of time is over. */
    Tally inserts(Load load);

    /** Reads the whole item table row by row, every column. */
    Sums scan();

    /** Inserts the rows, all in one transaction, and returns how many were counted. */
    long load(Flux<Object[]> rows);

    /** As {@link #pointReads} with one subscriber, recording nanoseconds from asking to having the value. */
    void latencies(Load load, Histogram histogram);

    @Override
    void close();

    /**
     * @param subscribers how many at once
     * @param nanos how long, in nanoseconds
     * @param rows rows of the item table
     */
    record Load(int subscribers, long nanos, int rows) {}
}
