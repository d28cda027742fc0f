package rillite.auth;

import java.time.Instant;

/** What came of a sign-in by password. */
public sealed interface PasswordResult {

    /**
     * The password is right. Create a session now, unless a second factor is to follow.
     *
     * @param user who it is
     */
    record Ok(User user) implements PasswordResult {}

    /** No such user, no password, or a wrong one: which of them is not told, and takes the same time. */
    record Rejected() implements PasswordResult {}

    /**
     * Too many tries failed. The password was not looked at.
     *
     * @param until when the next one is permitted
     */
    record Locked(Instant until) implements PasswordResult {}
}
