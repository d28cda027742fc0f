package rillite.auth;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hash of a password as it is stored: argon2id, or what another program left and the next sign-in replaces. */
sealed interface StoredPassword permits PhcHash, BcryptHash {

    /** What Spring puts before a hash, to say of what kind it is. */
    Pattern KIND = Pattern.compile("^\\{(bcrypt|argon2(@[A-Za-z0-9_]+)?)}");

    /** What a text says; null when it is of another kind, or checking it would take the process down. */
    static @Nullable StoredPassword find(String text) {
        PhcHash argon2 = PhcHash.find(text);
        return argon2 == null ? BcryptHash.find(text) : argon2;
    }

    /**
     * A hash that somebody brings along, as it is to be stored.
     *
     * @throws InvalidAuthValueException it is of another kind, or would cost too much to check
     */
    static String checked(String brought, Argon2 wanted) {
        String stored = KIND.matcher(brought).replaceFirst("");
        StoredPassword known = find(stored);
        if (known == null || !known.isCheckable(wanted)) {
            throw new InvalidAuthValueException("The hash of " + Texts.length(brought)
                    + " characters is of no kind that can be checked. Import argon2id up to 262,144 KiB and 64 iterations, or"
                    + " bcrypt up to cost 14, of some kinds of parameters only; let others set a new password.");
        }
        return stored;
    }

    /** Whether the password is the one. Takes long. */
    boolean matches(byte[] password);

    /** Whether checking it would not take more memory than there may be for hashes of others. */
    boolean isCheckable(Argon2 wanted);

    /** Whether it costs less than what is asked for now. */
    boolean isWeakerThan(Argon2 wanted);
}
