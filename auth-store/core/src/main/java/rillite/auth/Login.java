package rillite.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a framework asks of who signs in.
 *
 * @param user who it is, disabled or not
 * @param hash of their password, if they have one, as {@link Passwords.Stored#hash}
 * @param epoch of their sessions now: {@code new PasswordResult.Ok(user, epoch)} begins one that dies with a later change
 * @param roles what they are
 * @param permissions what they may do through all of their roles
 */
public record Login(User user, @Nullable Secret hash, long epoch, Set<String> roles, Set<String> permissions) {

    static final String SELECT = "SELECT " + User.COLUMNS + ", u.session_epoch, " + Roles.OF_USER + " AS roles, "
            + Roles.PERMISSIONS_OF_USER + " AS permissions,"
            + " (SELECT p.hash FROM auth_password p WHERE p.user_id = u.id) AS hash FROM auth_user u";

    /** Copies the names. */
    public Login {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    static Login of(Fields row) {
        String hash = row.optionalText("hash");
        return new Login(
                User.of(row),
                hash == null ? null : Secret.of(hash),
                row.number("session_epoch"),
                Roles.split(row.optionalText("roles")),
                Roles.split(row.optionalText("permissions")));
    }
}
