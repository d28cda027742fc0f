package rillite.auth;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The old password of a change is wrong, or was wrong too often. It has no stack. */
public final class WrongPasswordException extends AuthException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant lockedUntil;

    WrongPasswordException(String message, @Nullable Instant lockedUntil) {
        super(message, false);
        this.lockedUntil = lockedUntil;
    }

    /** When the next try is permitted, if too many failed. */
    public Optional<Instant> lockedUntil() {
        return Optional.ofNullable(lockedUntil);
    }
}
