package rillite.core;

import java.time.Duration;

/** A transaction sent no command for too long and was rolled back, so that others can go on. */
public final class LaneIdleException extends LaneException {

    private static final long serialVersionUID = 1;
    private final Duration bound;

    LaneIdleException(String lanes, String transaction, Duration bound, Duration age) {
        super(
                lanes + ": transaction " + transaction + " sent no command for transactionIdleTimeout ("
                        + bound.toMillis() + " ms, age " + age.toMillis()
                        + " ms) and was rolled back. Do remote work before the transaction, or raise the bound; then "
                        + "run the whole transaction again.",
                null);
        this.bound = bound;
    }

    /** Returns the configured duration. */
    public Duration bound() {
        return bound;
    }
}
