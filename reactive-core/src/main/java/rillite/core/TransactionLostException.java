package rillite.core;

import org.jspecify.annotations.Nullable;

/**
 * The session's transaction was rolled back before it was committed, by a failing statement or by the lanes. Commands fail
 * with this until the session's owner rolls back, so that the rest of the work is not applied without its beginning.
 */
public final class TransactionLostException extends LaneException {

    private static final long serialVersionUID = 1;
    private final String transaction;

    TransactionLostException(String lanes, String transaction, @Nullable Throwable cause) {
        super(
                lanes + ": transaction " + transaction
                        + " was rolled back when one of its statements failed; this command"
                        + " was not run. Roll back, then run the whole transaction again.",
                cause);
        this.transaction = transaction;
    }

    /** Returns the name of the transaction. */
    public String transaction() {
        return transaction;
    }
}
