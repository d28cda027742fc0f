package rillite.querysets;

/** A column that the query of a row did not read. Thrown when the row is asked for it. */
public final class NotLoadedException extends QueryException {

    private static final long serialVersionUID = 1L;

    NotLoadedException(String message) {
        super(message);
    }
}
