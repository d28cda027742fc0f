package rillite.auth;

/** No user has the id, or the user is disabled. */
public final class UnknownUserException extends AuthException {

    private static final long serialVersionUID = 1L;

    /** For the bridges and adapters of this library. */
    public UnknownUserException(String message) {
        super(message);
    }
}
