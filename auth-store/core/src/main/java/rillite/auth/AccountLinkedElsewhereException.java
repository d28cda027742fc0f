package rillite.auth;

/** The account of a provider belongs to another user. */
public final class AccountLinkedElsewhereException extends AuthException {

    private static final long serialVersionUID = 1L;

    /** For the bridges and adapters of this library. */
    public AccountLinkedElsewhereException(String message) {
        super(message);
    }
}
