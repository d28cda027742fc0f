package rillite.auth;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a client that signs in, to be shown in the list of sessions. Immutable.
 *
 * @param ip the address
 * @param userAgent the browser, of which 500 characters are kept
 * @param level how sure it is who they are: 1 for one factor, 2 for two
 */
public record SessionRequest(@Nullable String ip, @Nullable String userAgent, int level) {

    private static final SessionRequest NONE = new SessionRequest(null, null, 1);
    private static final int LONGEST_IP = 64;
    private static final int LONGEST_AGENT = 500;

    /**
     * @throws InvalidAuthValueException the level is not 1, 2 or 3
     */
    public SessionRequest {
        checkLevel(level);
        ip = Texts.shortened(ip, LONGEST_IP);
        userAgent = Texts.shortened(userAgent, LONGEST_AGENT);
    }

    static void checkLevel(int level) {
        if (level < 1 || level > 3) {
            throw new InvalidAuthValueException("The level of a session is " + level + ". It must be 1, 2 or 3.");
        }
    }

    /** Nothing is known; one factor. */
    public static SessionRequest none() {
        return NONE;
    }

    /** With the address of the client. */
    public SessionRequest ip(@Nullable String address) {
        return new SessionRequest(address, userAgent, level);
    }

    /** With the browser. */
    public SessionRequest userAgent(@Nullable String agent) {
        return new SessionRequest(ip, agent, level);
    }

    /** With how sure it is who they are. */
    public SessionRequest level(int factors) {
        return new SessionRequest(ip, userAgent, factors);
    }
}
