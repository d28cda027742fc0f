package rillite.querysets;

/** {@code updateRow} found no row with the key, or the row was changed since it was read. Arrives through onError. */
public final class NotUpdatedException extends QueryException {

    private static final long serialVersionUID = 1L;

    NotUpdatedException(String message) {
        super(message);
    }
}
