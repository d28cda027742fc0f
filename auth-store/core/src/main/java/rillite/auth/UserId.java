package rillite.auth;

/**
 * Names a user.
 *
 * @param value 1 to 200 characters, and never a number: SQLite would store {@code 00123} as 123 in tables that other
 *     programs declared
 */
public record UserId(String value) {

    /**
     * @throws InvalidAuthValueException the text cannot be an id
     */
    public UserId {
        Texts.checkId("user id", value);
    }

    /** As the constructor. */
    public static UserId of(String value) {
        return new UserId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
