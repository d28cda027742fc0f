package rillite.auth;

/** The account is the only way in which its user can sign in. */
public final class LastLoginMethodException extends AuthException {

    private static final long serialVersionUID = 1L;

    LastLoginMethodException(String message) {
        super(message);
    }
}
