package rillite.benchmarks;

/**
 * What one run acknowledged.
 *
 * @param operations how many operations ended well
 * @param sum the sum of what they returned or wrote
 * @param nanos wall time of the run in nanoseconds
 */
record Tally(long operations, long sum, long nanos) {

    double perSecond() {
        return operations * 1e9 / nanos;
    }
}
