package rillite.auth.vertx;

/** Somebody else changed or ended the session since it was read. Nothing was written, and what was ended stays so. */
public final class SessionVersionException extends VertxAuthException {

    private static final long serialVersionUID = 1L;

    SessionVersionException() {
        super("Session version mismatch: another request changed or ended it since it was read. Nothing was written.");
    }
}
