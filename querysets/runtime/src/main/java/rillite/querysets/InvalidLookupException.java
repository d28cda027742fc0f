package rillite.querysets;

/** No lookup of that name, or one that does not fit the type of the column. Thrown by the call that names it. */
public final class InvalidLookupException extends QueryException {

    private static final long serialVersionUID = 1L;

    InvalidLookupException(String message) {
        super(message);
    }
}
