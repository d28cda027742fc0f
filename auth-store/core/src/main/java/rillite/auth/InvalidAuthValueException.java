package rillite.auth;

/** A value that the store does not take, whatever is stored. */
public final class InvalidAuthValueException extends AuthException {

    private static final long serialVersionUID = 1L;

    InvalidAuthValueException(String message) {
        super(message);
    }
}
