package rillite.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as stored.
 *
 * @param id names the user in all other tables
 * @param email as it was given, trimmed; null when there is none
 * @param emailVerifiedAt when the address was proven, null while it is not
 * @param name to be shown
 * @param image where a picture is
 * @param disabledAt since when the user may not sign in, null when they may
 * @param createdAt when the user was created
 * @param updatedAt when something of this was changed last
 */
public record User(
        UserId id,
        @Nullable String email,
        @Nullable Instant emailVerifiedAt,
        @Nullable String name,
        @Nullable String image,
        @Nullable Instant disabledAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The columns, for statements that join them. */
    static final String COLUMNS = "u.id AS user_id, u.email, u.email_verified_at, u.name, u.image, u.disabled_at,"
            + " u.created_at AS user_created_at, u.updated_at AS user_updated_at";

    /** The same, behind RETURNING, where SQLite knows no alias of the table. */
    static final String RETURNING = COLUMNS.replace("u.", "");

    static User of(Fields row) {
        return new User(
                new UserId(row.text("user_id")),
                row.optionalText("email"),
                row.optionalInstant("email_verified_at"),
                row.optionalText("name"),
                row.optionalText("image"),
                row.optionalInstant("disabled_at"),
                row.instant("user_created_at"),
                row.instant("user_updated_at"));
    }

    /** Whether the user may not sign in. */
    public boolean isDisabled() {
        return disabledAt != null;
    }
}
