package rillite.auth;

/**
 * Names a session. It is no secret: what signs in is the token.
 *
 * @param value 1 to 200 characters, and never a number: SQLite would store {@code 00123} as 123 in tables that other
 *     programs declared
 */
public record SessionId(String value) {

    /**
     * @throws InvalidAuthValueException the text cannot be an id
     */
    public SessionId {
        Texts.checkId("session id", value);
    }

    /** As the constructor. */
    public static SessionId of(String value) {
        return new SessionId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
