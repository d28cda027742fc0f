package rillite.querysets;

/**
 * A bulk ended in the middle: the database refused a row, a row was wrong, or the source failed; the cause tells. Arrives
 * through onError. The windows before are committed and stay; nothing of the window with the failing row is.
 */
public final class BulkException extends QueryException {

    private static final long serialVersionUID = 1L;

    private final transient BulkResult committed;
    private final long row;

    BulkException(String message, BulkResult committed, long row, Throwable cause) {
        super(message, cause);
        this.committed = committed;
        this.row = row;
    }

    /** What is committed. */
    public BulkResult committed() {
        return committed;
    }

    /** The position of the failing row in the source, counted from 0; -1 when the error is not about one row. */
    public long row() {
        return row;
    }
}
