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

    /** Whether the password is the one. Takes long. */
    boolean matches(byte[] password);

    /** Whether it costs less than what is asked for now. */
    boolean isWeakerThan(Argon2 wanted);
}
