package rillite.auth.vertx;

/**
 * What these bridges refuse beyond what the store does. The handlers of Vert.x Web wrap them: look at the cause of {@code
 * RoutingContext.failure()}. Messages contain no secrets and nothing that a user typed. They have no stack: everybody can cause
 * them, and Vert.x Web logs each request that fails.
 */
public abstract sealed class VertxAuthException extends RuntimeException
        permits LoginRefusedException, PasskeyRefusedException, SessionPayloadException, SessionVersionException {

    private static final long serialVersionUID = 1L;

    VertxAuthException(String message) {
        super(message, null, false, false);
    }
}
