package rillite.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client that signs in, to be shown in the list of sessions. Immutable.
 *
 * @param ip the address
 * @param userAgent the browser, of which 500 characters are kept
 * @param level how sure it is who they are: 1 for one factor, 2 for two
 * @param data what {@link ActiveSession#data} should say, such as a tenant; stored as it is, 16,000 characters at most
 */
public record SessionRequest(@Nullable String ip, @Nullable String userAgent, int level, Map<String, String> data) {

    private static final SessionRequest NONE = new SessionRequest(null, null, 1, Map.of());
    private static final int LONGEST_IP = 64;
    private static final int LONGEST_AGENT = 500;
    private static final int LONGEST_DATA = 16_000;

    /**
     * @throws InvalidAuthValueException the level is not 1, 2 or 3, or the data are too long
     */
    public SessionRequest {
        checkLevel(level);
        Objects.requireNonNull(data, "data must not be null");
        data = Map.copyOf(data);
        int length = data.entrySet().stream()
                .mapToInt(entry -> Texts.length(entry.getKey()) + Texts.length(entry.getValue()))
                .sum();
        if (length > LONGEST_DATA) {
            throw new InvalidAuthValueException("The data of a session have " + length + " characters. At most "
                    + LONGEST_DATA + " are possible: keep more in a table of your own, by the id of the user.");
        }
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
        return new SessionRequest(address, userAgent, level, data);
    }

    /** With the browser. */
    public SessionRequest userAgent(@Nullable String agent) {
        return new SessionRequest(ip, agent, level, data);
    }

    /** With how sure it is who they are. */
    public SessionRequest level(int factors) {
        return new SessionRequest(ip, userAgent, factors, data);
    }

    /**
     * With one more thing that the session should say.
     *
     * @throws InvalidAuthValueException it is too long
     */
    public SessionRequest data(String name, String value) {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(value, "value must not be null");
        Map<String, String> more = new HashMap<>(data);
        more.put(name, value);
        return new SessionRequest(ip, userAgent, level, more);
    }

    /** Of the data only the names. */
    @Override
    public String toString() {
        return "SessionRequest[" + ip + ", " + userAgent + ", level " + level + ", " + data.keySet() + "]";
    }
}
