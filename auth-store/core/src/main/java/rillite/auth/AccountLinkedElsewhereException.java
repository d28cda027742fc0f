package rillite.auth;

/** The account of a provider belongs to another user. */
public final class AccountLinkedElsewhereException extends AuthException {

    private static final long serialVersionUID = 1L;

    AccountLinkedElsewhereException(String message) {
        super(message);
    }
}
