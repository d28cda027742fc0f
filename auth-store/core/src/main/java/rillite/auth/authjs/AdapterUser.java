package rillite.auth.authjs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import rillite.auth.Chance;

/**
 * A user of Auth.js.
 *
 * @param id never a number when it is written
 * @param name how they are called
 * @param email compared as it is, upper and lower case too: see {@link AuthJsAdapter#normalEmail}
 * @param emailVerified when the address was proven, in milliseconds; null when it was not, or when what is stored cannot be read
 * @param image where their picture is
 */
public record AdapterUser(
        String id,
        @Nullable String name,
        @Nullable String email,
        @Nullable Instant emailVerified,
        @Nullable String image) {

    /** Cuts the date to milliseconds. */
    public AdapterUser {
        emailVerified = emailVerified == null ? null : emailVerified.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new user with a new id, a UUID. */
    public static AdapterUser of(String email) {
        return new AdapterUser(Chance.id(), null, email, null, null);
    }

    /** The same with that name. */
    public AdapterUser name(@Nullable String value) {
        return new AdapterUser(id, value, email, emailVerified, image);
    }

    /** The same, whose address was proven then. */
    public AdapterUser emailVerified(@Nullable Instant value) {
        return new AdapterUser(id, name, email, value, image);
    }

    /** The same with that picture. */
    public AdapterUser image(@Nullable String value) {
        return new AdapterUser(id, name, email, emailVerified, value);
    }

    static AdapterUser of(Stored row) {
        return new AdapterUser(
                row.text(Part.USER, "id"),
                row.optional(Part.USER, "name"),
                row.optional(Part.USER, "email"),
                row.verified(Part.USER, "emailVerified"),
                row.optional(Part.USER, "image"));
    }
}
