package rillite.auth;

/**
 * What came of a sign-in through a provider.
 *
 * @param user who it is
 * @param session the session that began
 * @param outcome whether the user or the link is new
 */
public record SignIn(User user, IssuedSession session, Outcome outcome) {

    /** What was there before. */
    public enum Outcome {
        /** The account was linked already. */
        KNOWN,
        /** The account was linked to a user who was there. */
        LINKED,
        /** The user was created. */
        REGISTERED
    }
}
