package rillite.auth;

/** A second factor is not in the state that the call needs. */
public final class FactorException extends AuthException {

    private static final long serialVersionUID = 1L;

    /** For the bridges and adapters of this library. */
    public FactorException(String message) {
        super(message);
    }
}
