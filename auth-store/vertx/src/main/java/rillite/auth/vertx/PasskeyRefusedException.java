package rillite.auth.vertx;

/** A passkey cannot be stored or does not count: do not sign in. */
public final class PasskeyRefusedException extends VertxAuthException {

    private static final long serialVersionUID = 1L;

    PasskeyRefusedException(String message) {
        super(message);
    }
}
