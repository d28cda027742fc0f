package rillite.auth.vertx;

/** What was put into a session cannot be stored, or what is stored cannot be read. */
public final class SessionPayloadException extends VertxAuthException {

    private static final long serialVersionUID = 1L;

    SessionPayloadException(String message) {
        super(message);
    }
}
