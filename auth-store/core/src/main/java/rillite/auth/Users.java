package rillite.auth;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who there is. E-mail addresses are unique whatever their case and form of Unicode.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Users {

    private final Store store;

    Users(Store store) {
        this.store = store;
    }

    /**
     * Creates a user.
     *
     * @return the user; {@link EmailTakenException} when somebody has the address
     */
    public Mono<User> create(NewUser user) {
        return Mono.defer(() -> {
                    String email = user.email();
                    long now = store.now();
                    return store.row(
                            "INSERT INTO auth_user (id, email, email_key, email_verified_at, name, image, created_at, updated_at)"
                                    + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) ON CONFLICT (email_key) DO NOTHING RETURNING "
                                    + User.RETURNING,
                            Chance.id(),
                            email,
                            email == null ? null : EmailKey.of(email),
                            user.emailVerified() ? now : null,
                            user.name(),
                            user.image(),
                            now);
                })
                .map(row -> User.of(Fields.of(row)))
                .switchIfEmpty(Mono.error(() -> AuthErrors.emailTaken(null)));
    }

    /** The user, disabled or not; empty when there is none. */
    public Mono<User> findById(UserId id) {
        return store.row("SELECT " + User.COLUMNS + " FROM auth_user u WHERE u.id = ?1", id.value())
                .map(row -> User.of(Fields.of(row)));
    }

    /** The user with that address in any case and form of Unicode; empty when there is none, or the text is no address. */
    public Mono<User> findByEmail(String email) {
        String key = EmailKey.find(email);
        return key == null
                ? Mono.empty()
                : store.row("SELECT " + User.COLUMNS + " FROM auth_user u WHERE u.email_key = ?1", key)
                        .map(row -> User.of(Fields.of(row)));
    }

    /**
     * All that a framework asks of who signs in, by one SELECT.
     *
     * @param name an e-mail address, or the id of a user
     * @return empty when there is no such user, or two: one with that address and another one with that id
     */
    public Mono<Login> findLogin(String name) {
        return store.rows(Login.SELECT + " WHERE u.email_key = ?1 OR u.id = ?2", EmailKey.find(name), name)
                .map(row -> Login.of(Fields.of(row)))
                .collectList()
                .flatMap(found -> Mono.justOrEmpty(found.size() == 1 ? found.get(0) : null));
    }

    /** As {@link #findLogin(String)}, by id alone. */
    public Mono<Login> findLogin(UserId id) {
        return store.row(Login.SELECT + " WHERE u.id = ?1", id.value()).map(row -> Login.of(Fields.of(row)));
    }

    /**
     * Changes a user.
     *
     * @return the user as it is now; {@link UnknownUserException}, or {@link EmailTakenException} when somebody else has the
     *     address
     */
    public Mono<User> update(UserId id, UserPatch patch) {
        List<String> sets = new ArrayList<>(List.of("updated_at = ?"));
        List<@Nullable Object> values = new ArrayList<>();
        for (Map.Entry<String, Optional<Object>> column : patch.columns().entrySet()) {
            sets.add(column.getKey() + " = ?");
            values.add(column.getValue().orElse(null));
        }
        values.add(id.value());
        String sql = "UPDATE auth_user SET " + String.join(", ", sets) + " WHERE id = ? RETURNING " + User.RETURNING;
        return Mono.defer(() -> {
                    List<@Nullable Object> all = new ArrayList<>(values);
                    all.add(0, store.now());
                    return store.row(sql, all.toArray());
                })
                .map(row -> User.of(Fields.of(row)))
                .onErrorMap(R2dbcDataIntegrityViolationException.class, AuthErrors::emailTaken)
                .switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(id)));
    }

    /** Ends all sessions of a user and lets no new one begin. False when there is no such user that may sign in. */
    public Mono<Boolean> disable(UserId id) {
        return Mono.defer(() -> store.changes(
                "UPDATE auth_user SET disabled_at = ?2, updated_at = ?2, session_epoch = session_epoch + 1"
                        + " WHERE id = ?1 AND disabled_at IS NULL",
                id.value(),
                store.now()));
    }

    /** Lets a disabled user sign in again; sessions from before stay dead. False when there is no such disabled user. */
    public Mono<Boolean> enable(UserId id) {
        return Mono.defer(() -> store.changes(
                "UPDATE auth_user SET disabled_at = NULL, updated_at = ?2 WHERE id = ?1 AND disabled_at IS NOT NULL",
                id.value(),
                store.now()));
    }

    /**
     * Deletes a user with all that is theirs; tokens whose subject is the id too. The audit log stays. False when there is no
     * such user.
     */
    public Mono<Boolean> delete(UserId id) {
        return store.together(() -> store.change("DELETE FROM auth_token WHERE subject = ?1", id.value())
                .then(store.changes("DELETE FROM auth_user WHERE id = ?1", id.value())));
    }

    /** A page of all users, in the order of their ids. */
    public Flux<User> all(Page page) {
        String after = page.after();
        return store.rows(
                        "SELECT " + User.COLUMNS + " FROM auth_user u WHERE u.id > ?1 ORDER BY u.id LIMIT ?2",
                        after == null ? "" : after,
                        page.size())
                .map(row -> User.of(Fields.of(row)));
    }
}
