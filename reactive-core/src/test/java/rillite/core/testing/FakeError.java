package rillite.core.testing;

/** An error of the fake resource; its code decides what it means for the transaction around it. */
public final class FakeError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Code code;

    public FakeError(Code code, String text) {
        super(code + ": " + text);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** The kinds of failure a resource may answer with. */
    public enum Code {
        /** The statement undoes itself; at COMMIT: a deferred constraint, the transaction stays open. */
        CONSTRAINT,
        /** The statement rolls the whole transaction back. */
        KILLED,
        /** Another process holds the lock. */
        BUSY,
        /** No space: refused, nothing applied. */
        FULL,
        /** Ends the transaction; at COMMIT nobody knows whether it is applied. */
        IOERR,
        INTERRUPT,
        CANTOPEN
    }
}
