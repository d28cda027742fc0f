package rillite.auth.vertx;

/**
 * What these bridges refuse beyond what the store does. The handlers of Vert.x Web wrap them: look at the cause of {@code
 * RoutingContext.failure()}. Messages contain no secrets and nothing that a user typed.
 */
public abstract sealed class VertxAuthException extends RuntimeException
        permits LoginRefusedException, PasskeyRefusedException, SessionPayloadException, SessionVersionException {

    private static final long serialVersionUID = 1L;

    VertxAuthException(String message) {
        super(message);
    }

    /** With or without the stack, which Vert.x Web logs for each request that fails. */
    VertxAuthException(String message, boolean withStack) {
        super(message, null, false, withStack);
    }
}
