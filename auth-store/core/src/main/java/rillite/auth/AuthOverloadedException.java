package rillite.auth;

/** So many passwords are being hashed that one more is refused at once. Answer 503 and let the client try again. It has no stack. */
public final class AuthOverloadedException extends AuthException {

    private static final long serialVersionUID = 1L;

    private final int waiting;

    AuthOverloadedException(int waiting) {
        super(
                "Too many passwords are being checked at once: " + waiting
                        + " are waiting already. Try again later, or raise AuthOptions.hashingThreads(..).",
                false);
        this.waiting = waiting;
    }

    /** How many may wait. */
    public int waiting() {
        return waiting;
    }
}
