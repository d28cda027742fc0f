package rillite.auth;

/** A token that is unknown, used, expired or for another purpose: which of them is not told. */
public final class InvalidTokenException extends AuthException {

    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }
}
