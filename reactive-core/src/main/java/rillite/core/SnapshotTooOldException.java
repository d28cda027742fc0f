package rillite.core;

/** An open cursor had to give up its snapshot, and the rest of it did not fit into memory. */
public final class SnapshotTooOldException extends LaneException {

    private static final long serialVersionUID = 1;
    private final Reason reason;
    private final long bound;

    SnapshotTooOldException(String lanes, Reason reason, long bound, long maxMaterializeBytes) {
        super(
                lanes + ": the cursor was ended because " + reason.text
                        + (reason == Reason.INTERRUPT
                                ? ". Read it again."
                                : " (bound " + bound + ") and the rest of its rows exceeds maxMaterializeBytes ("
                                        + maxMaterializeBytes + "). Read faster, page by key, collect a smaller result"
                                        + " first, or raise the bound."),
                null);
        this.reason = reason;
        this.bound = bound;
    }

    /** Returns why the snapshot had to end. */
    public Reason reason() {
        return reason;
    }

    /** Returns the bound, in milliseconds, bytes or cursors as the reason says. */
    public long bound() {
        return bound;
    }

    /** Why a cursor lost its snapshot. */
    public enum Reason {
        /** No demand for {@code cursorIdleTimeout}, in milliseconds. */
        IDLE("its subscriber asked for no row for cursorIdleTimeout ms"),
        /** Older than {@code maxSnapshotAge}, in milliseconds. */
        AGE("its snapshot is older than maxSnapshotAge ms"),
        /** The write-ahead log passed {@code walSoftLimit}, in bytes. */
        WAL("the write-ahead log passed walSoftLimit bytes and this is the oldest snapshot"),
        /** More than {@code maxOpenCursors} cursors were open. */
        CURSORS("more than maxOpenCursors cursors are open"),
        /** A write or the end of the transaction on the same connection. */
        WRITE("a write, commit or rollback followed on the same connection"),
        /** Another statement of the connection all share had to be stopped, which stops every open cursor of it. */
        INTERRUPT("another statement had to be stopped on the only connection");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
