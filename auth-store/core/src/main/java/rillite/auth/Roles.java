package rillite.auth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who may do what: users have roles, roles have permissions. Both are names of 1 to 100 characters without control characters.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Roles {

    private static final char BETWEEN = '\u001f';
    private static final int LONGEST = 100;

    /** The roles of the user {@code u} in one text. */
    static final String OF_USER =
            "(SELECT group_concat(r.role, char(31)) FROM auth_user_role r WHERE r.user_id = u.id)";

    /** What the user {@code u} may do, in one text. */
    static final String PERMISSIONS_OF_USER =
            "(SELECT group_concat(q.permission, char(31)) FROM (SELECT DISTINCT p.permission"
                    + " FROM auth_user_role r JOIN auth_role_permission p ON p.role = r.role WHERE r.user_id = u.id) q)";

    private final Store store;

    Roles(Store store) {
        this.store = store;
    }

    static Set<String> split(@Nullable String roles) {
        return roles == null || roles.isEmpty()
                ? Set.of()
                : new LinkedHashSet<>(Arrays.asList(roles.split(String.valueOf(BETWEEN))));
    }

    /**
     * Gives a user a role, which is made if there is none of that name.
     *
     * @return false when they have it already; {@link UnknownUserException} when there is no such user
     * @throws InvalidAuthValueException the name cannot be a role
     */
    public Mono<Boolean> grant(UserId user, String role) {
        Objects.requireNonNull(user, "user must not be null");
        Texts.check("role", role, LONGEST);
        return store.together(() -> new Users(store)
                .findById(user)
                .switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(user)))
                .then(made(role))
                .then(store.changes(
                        "INSERT INTO auth_user_role (user_id, role) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                        user.value(),
                        role)));
    }

    /** Takes a role from a user. False when they do not have it. */
    public Mono<Boolean> revoke(UserId user, String role) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(role, "role must not be null");
        return store.changes("DELETE FROM auth_user_role WHERE user_id = ?1 AND role = ?2", user.value(), role);
    }

    /** The roles of a user, by name. */
    public Flux<String> rolesOf(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return store.rows("SELECT role FROM auth_user_role WHERE user_id = ?1 ORDER BY role", user.value())
                .map(row -> Fields.of(row).text("role"));
    }

    /** What a user may do through all of their roles, by name. */
    public Flux<String> permissionsOf(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return store.rows(
                        "SELECT DISTINCT p.permission FROM auth_user_role r JOIN auth_role_permission p ON p.role = r.role"
                                + " WHERE r.user_id = ?1 ORDER BY p.permission",
                        user.value())
                .map(row -> Fields.of(row).text("permission"));
    }

    /**
     * Gives a role, which is made if there is none of that name, a permission. False when it has it already.
     *
     * @throws InvalidAuthValueException a name cannot be one
     */
    public Mono<Boolean> allow(String role, String permission) {
        Texts.check("role", role, LONGEST);
        Texts.check("permission", permission, LONGEST);
        return store.together(() -> made(role)
                .then(store.changes(
                        "INSERT INTO auth_role_permission (role, permission) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                        role,
                        permission)));
    }

    /** Takes a permission from a role. False when it does not have it. */
    public Mono<Boolean> deny(String role, String permission) {
        Objects.requireNonNull(role, "role must not be null");
        Objects.requireNonNull(permission, "permission must not be null");
        return store.changes("DELETE FROM auth_role_permission WHERE role = ?1 AND permission = ?2", role, permission);
    }

    /** Whether a user may do something. A disabled user may do nothing. */
    public Mono<Boolean> has(UserId user, String permission) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(permission, "permission must not be null");
        return store.row(
                        "SELECT EXISTS (SELECT 1 FROM auth_user u JOIN auth_user_role r ON r.user_id = u.id"
                                + " JOIN auth_role_permission p ON p.role = r.role"
                                + " WHERE u.id = ?1 AND u.disabled_at IS NULL AND p.permission = ?2) AS has",
                        user.value(),
                        permission)
                .map(row -> Fields.of(row).flag("has"));
    }

    private Mono<Long> made(String role) {
        return store.change("INSERT INTO auth_role (name) VALUES (?1) ON CONFLICT DO NOTHING", role);
    }
}
