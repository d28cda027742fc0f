package rillite.auth;

/** A user with this e-mail address exists, and may not be signed in through the new account. */
public final class AccountNotLinkedException extends AuthException {

    private static final long serialVersionUID = 1L;

    AccountNotLinkedException(String message) {
        super(message);
    }
}
