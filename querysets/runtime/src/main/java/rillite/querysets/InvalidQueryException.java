package rillite.querysets;

/** A combination of verbs that means nothing or cannot be done. Thrown by the call that completes it. */
public final class InvalidQueryException extends QueryException {

    private static final long serialVersionUID = 1L;

    InvalidQueryException(String message) {
        super(message);
    }
}
