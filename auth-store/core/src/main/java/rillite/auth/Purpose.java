package rillite.auth;

/**
 * What a token is for. A token of one purpose is nothing for another.
 *
 * @param name 1 to 100 characters
 */
public record Purpose(String name) {

    /** Sets a new password; the subject is the id of the user. */
    public static final Purpose PASSWORD_RESET = new Purpose("password-reset");

    /** Signs in; the subject is the address it is sent to. */
    public static final Purpose MAGIC_LINK = new Purpose("magic-link");

    /** Proves an address; the subject is the address. */
    public static final Purpose EMAIL_VERIFICATION = new Purpose("email-verification");

    /**
     * @throws InvalidAuthValueException the name is empty, too long or has control characters
     */
    public Purpose {
        Texts.check("purpose", name, 100);
    }

    /** As the constructor. */
    public static Purpose of(String name) {
        return new Purpose(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
