package rillite.auth.vertx;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who they are was not shown: answer 401, or 429 while the login is locked. */
public final class LoginRefusedException extends VertxAuthException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant lockedUntil;

    LoginRefusedException(String message, @Nullable Instant lockedUntil) {
        super(message);
        this.lockedUntil = lockedUntil;
    }

    /** When the next try is permitted, null when the login is not locked. */
    public @Nullable Instant lockedUntil() {
        return lockedUntil;
    }
}
