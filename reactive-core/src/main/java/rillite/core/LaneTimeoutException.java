package rillite.core;

import java.time.Duration;

/** A deadline passed. Nothing of the work is applied and nothing of it will run afterwards. */
public final class LaneTimeoutException extends LaneException {

    private static final long serialVersionUID = 1;
    private final Kind kind;
    private final Duration bound;

    LaneTimeoutException(
            String lanes,
            Kind kind,
            Duration bound,
            String detail,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(lanes + ": " + kind.text + " of " + bound.toMillis() + " ms passed" + detail, cause);
        this.kind = kind;
        this.bound = bound;
    }

    /** Returns which deadline it was. */
    public Kind kind() {
        return kind;
    }

    /** Returns the configured duration. */
    public Duration bound() {
        return bound;
    }

    /** The deadlines of the lanes. */
    public enum Kind {
        /** Waiting in a queue, for a lease, or for another process. */
        LOCK_WAIT("lockWaitTimeout"),
        /** A statement's time until its first response. */
        STATEMENT("statementTimeout"),
        /** A statement inside an explicit transaction: the whole transaction was rolled back. */
        TRANSACTION_STATEMENT("statementTimeout");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }
}
