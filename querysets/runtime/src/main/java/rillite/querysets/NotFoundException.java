package rillite.querysets;

/** {@code get()} found no row. Arrives through onError. */
public final class NotFoundException extends QueryException {

    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message);
    }
}
