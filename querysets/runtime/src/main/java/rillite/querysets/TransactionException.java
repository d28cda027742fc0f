package rillite.querysets;

/**
 * A transaction was used in a way in which it cannot work: a write in a read-only one, a second one that would wait for
 * the first, one that has ended. Nothing was sent to the database. Also the end of a stream with related rows whose
 * subscriber paused until the snapshot had to be given up.
 */
public final class TransactionException extends QueryException {

    private static final long serialVersionUID = 1L;

    TransactionException(String message) {
        super(message);
    }

    TransactionException(String message, Throwable cause) {
        super(message, cause);
    }
}
