package rillite.auth;

/** A value that the store does not take, whatever is stored. */
public final class InvalidAuthValueException extends AuthException {

    private static final long serialVersionUID = 1L;

    /** For the bridges and adapters of this library. */
    public InvalidAuthValueException(String message) {
        super(message);
    }
}
