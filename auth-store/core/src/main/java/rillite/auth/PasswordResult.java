package rillite.auth;

import java.time.Instant;
import java.util.Objects;

/** What came of a sign-in by password, or of its second step. */
public sealed interface PasswordResult {

    /**
     * It is right. Create a session by {@link Sessions#create(Ok, SessionRequest)} now, or ask for the second factor first, by
     * {@link Totp#verify(Ok, String)} or {@link Totp#useBackupCode(Ok, String)}.
     *
     * @param user who it is
     * @param epoch of their sessions while the password was checked: a change of a factor begins another one
     * @param level how many factors were shown: 1, or 2 behind a second one
     */
    record Ok(User user, long epoch, int level) implements PasswordResult {

        /** Checks that there is a user. */
        public Ok {
            Objects.requireNonNull(user, "user must not be null");
        }

        /** One factor. */
        public Ok(User user, long epoch) {
            this(user, epoch, 1);
        }
    }

    /** No such user, no password, or a wrong one, or a wrong code: which of them is not told, and takes the same time. */
    record Rejected() implements PasswordResult {}

    /**
     * Too many tries failed. This one was not looked at.
     *
     * @param until when the next one is permitted
     */
    record Locked(Instant until) implements PasswordResult {}
}
