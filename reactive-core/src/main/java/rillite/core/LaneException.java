package rillite.core;

/**
 * An error of the lanes themselves. Each member carries the bound that was exceeded, its value, and says what to do; none
 * carries values of the caller.
 */
public abstract sealed class LaneException extends RuntimeException
        permits LaneFullException,
                LaneTimeoutException,
                LaneClosedException,
                LaneIdleException,
                TransactionLostException,
                SnapshotTooOldException,
                OutcomeUnknownException {

    private static final long serialVersionUID = 1;

    LaneException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
    }
}
