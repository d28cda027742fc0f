package rillite.auth;

/**
 * Names a linked account in this store, not at its provider.
 *
 * @param value 1 to 200 characters, and never a number: SQLite would store {@code 00123} as 123 in tables that other
 *     programs declared
 */
public record AccountId(String value) {

    /**
     * @throws InvalidAuthValueException the text cannot be an id
     */
    public AccountId {
        Texts.checkId("account id", value);
    }

    /** As the constructor. */
    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
