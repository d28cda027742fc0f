package rillite.querysets;

/** {@code get()} found more than one row. Arrives through onError. */
public final class MultipleObjectsException extends QueryException {

    private static final long serialVersionUID = 1L;

    private final int found;

    MultipleObjectsException(String message, int found) {
        super(message);
        this.found = found;
    }

    /** How many rows were found; reading stops at {@value #LIMIT}. */
    public int found() {
        return found;
    }

    static final int LIMIT = 21;
}
