package rillite.auth;

import java.time.Instant;

/** What came of a sign-in by password. */
public sealed interface PasswordResult {

    /**
     * The password is right. Create a session by {@link Sessions#create(Ok, SessionRequest)} now, unless a second factor is to
     * follow.
     *
     * @param user who it is
     * @param epoch of their sessions while the password was checked: a change of the password begins another one
     */
    record Ok(User user, long epoch) implements PasswordResult {}

    /** No such user, no password, or a wrong one: which of them is not told, and takes the same time. */
    record Rejected() implements PasswordResult {}

    /**
     * Too many tries failed. The password was not looked at.
     *
     * @param until when the next one is permitted
     */
    record Locked(Instant until) implements PasswordResult {}
}
