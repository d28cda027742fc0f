package rillite.auth;

/** No user has the id, or the user is disabled. */
public final class UnknownUserException extends AuthException {

    private static final long serialVersionUID = 1L;

    UnknownUserException(String message) {
        super(message);
    }
}
