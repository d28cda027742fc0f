package rillite.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user to be created. Immutable.
 *
 * @param email null for a user without
 * @param emailVerified whether the address is proven already
 * @param name to be shown, at most 200 characters; blank is none
 * @param image where a picture is, at most 2,000 characters
 */
public record NewUser(
        @Nullable String email,
        boolean emailVerified,
        @Nullable String name,
        @Nullable String image) {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_IMAGE = 2_000;

    /**
     * @throws InvalidAuthValueException the e-mail address is none, or a text is too long or has control characters
     */
    public NewUser {
        if (email != null) {
            EmailKey.of(email);
            email = EmailKey.trimmed(email);
        }
        name = name == null || name.isBlank() ? null : name;
        Texts.checkOptional("name", name, LONGEST_NAME);
        Texts.checkOptional("image", image, LONGEST_IMAGE);
        emailVerified = emailVerified && email != null;
    }

    /** A user with an address that is not proven yet. */
    public static NewUser of(String email) {
        Objects.requireNonNull(email, "email must not be null");
        return new NewUser(email, false, null, null);
    }

    /** A user without an address, as those of some providers are. */
    public static NewUser anonymous() {
        return new NewUser(null, false, null, null);
    }

    /** With a name to be shown. */
    public NewUser name(@Nullable String shown) {
        return new NewUser(email, emailVerified, shown, image);
    }

    /** With a place where a picture is. */
    public NewUser image(@Nullable String place) {
        return new NewUser(email, emailVerified, name, place);
    }

    /** With the address as proven. */
    public NewUser verified() {
        return new NewUser(email, true, name, image);
    }
}
