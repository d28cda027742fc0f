package rillite.auth;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final int UNIQUE = 2_067;
    private static final int BATCH = 500;
    private static final String BY_KEY = "token_hash IN (SELECT unhex(value) FROM json_each(?2))";
    private static final String KEYS =
            "SELECT count(*) AS seen, json_group_array(k) AS keys FROM (SELECT hex(token_hash) AS k FROM ";
    private static final String SESSIONS = KEYS + "auth_session WHERE user_id = ?1 LIMIT ?2)";
    private static final String TOKENS = KEYS + "auth_token WHERE subject = ?1 LIMIT ?2)";

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
        Objects.requireNonNull(user, "user must not be null");
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
        Objects.requireNonNull(id, "id must not be null");
        return store.row("SELECT " + User.COLUMNS + " FROM auth_user u WHERE u.id = ?1", id.value())
                .map(row -> User.of(Fields.of(row)));
    }

    /**
     * The user with that address in any case and form of Unicode; empty when there is none, or the text is no address. Send mails to
     * the address that this gives, never to the text: another letter that looks like it may lead to somebody else's mailbox.
     */
    public Mono<User> findByEmail(String email) {
        Objects.requireNonNull(email, "email must not be null");
        String key = EmailKey.find(email);
        return key == null
                ? Mono.empty()
                : store.row("SELECT " + User.COLUMNS + " FROM auth_user u WHERE u.email_key = ?1", key)
                        .map(row -> User.of(Fields.of(row)));
    }

    /** As {@link #update(UserId, UserPatch, SessionId)}, ending all sessions when the address is changed. */
    public Mono<User> update(UserId id, UserPatch patch) {
        return update(id, patch, null);
    }

    /**
     * All that a framework asks of who signs in, by one SELECT.
     *
     * @param name an e-mail address, or the id of a user
     * @return empty when there is no such user, or two: one with that address and another one with that id
     */
    public Mono<Login> findLogin(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return store.rows(Login.SELECT + " WHERE u.email_key = ?1 OR u.id = ?2", EmailKey.find(name), name)
                .map(row -> Login.of(Fields.of(row)))
                .collectList()
                .flatMap(found -> Mono.justOrEmpty(found.size() == 1 ? found.get(0) : null));
    }

    /** As {@link #findLogin(String)}, by id alone. */
    public Mono<Login> findLogin(UserId id) {
        Objects.requireNonNull(id, "id must not be null");
        return store.row(Login.SELECT + " WHERE u.id = ?1", id.value()).map(row -> Login.of(Fields.of(row)));
    }

    /**
     * Changes a user. Another address ends all sessions but one, and all tokens whose subject is the id or the old address: who
     * reads the old mailbox does not get in any more.
     *
     * @param keep the session that goes on, if it is theirs and alive; null ends all
     * @return the user as it is now; {@link UnknownUserException}, or {@link EmailTakenException} when somebody else has the
     *     address
     */
    public Mono<User> update(UserId id, UserPatch patch, @Nullable SessionId keep) {
        Objects.requireNonNull(id, "id must not be null");
        Objects.requireNonNull(patch, "patch must not be null");
        Optional<Object> key = patch.columns().get("email_key");
        if (key == null) {
            return written(id, patch);
        }
        return store.together(() -> addressOf(id)
                        .flatMap(old -> old.equals(key)
                                ? written(id, patch)
                                : written(id, patch)
                                        .delayUntil(user -> revoked(id, old)
                                                .then(Factor.changed(store, id, keep, "email.changed")))))
                .switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(id)));
    }

    /** The key of the address that a user has, if any; empty when there is no such user. */
    private Mono<Optional<Object>> addressOf(UserId id) {
        return store.row("SELECT email_key FROM auth_user WHERE id = ?1", id.value())
                .map(row -> Optional.ofNullable(Fields.of(row).optionalText("email_key")));
    }

    private Mono<User> written(UserId id, UserPatch patch) {
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
                .onErrorMap(R2dbcDataIntegrityViolationException.class, Users::taken)
                .switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(id)));
    }

    /** The unique key of addresses refused the change; what a trigger or another constraint refused stays as it is. */
    private static Throwable taken(R2dbcDataIntegrityViolationException error) {
        String text = String.valueOf(error.getMessage());
        return error.getErrorCode() == UNIQUE && text.contains("auth_user.email_key")
                ? AuthErrors.emailTaken(error)
                : error;
    }

    /** Ends the tokens of a user, also those that were sent to their address. */
    private Mono<Long> revoked(UserId id, Optional<Object> address) {
        return store.change("DELETE FROM auth_token WHERE subject IN (?1, ?2)", id.value(), address.orElse(null));
    }

    /**
     * Ends all sessions of a user, and all tokens whose subject is the id or the address, and lets no new session begin. False
     * when there is no such user that may sign in.
     */
    public Mono<Boolean> disable(UserId id) {
        Objects.requireNonNull(id, "id must not be null");
        return store.together(() -> store.changes(
                        "UPDATE auth_user SET disabled_at = ?2, updated_at = ?2, session_epoch = session_epoch + 1"
                                + " WHERE id = ?1 AND disabled_at IS NULL",
                        id.value(),
                        store.now())
                .delayUntil(done -> done
                        ? addressOf(id)
                                .flatMap(address -> revoked(id, address))
                                .then(Audit.record(store, AuditEvent.of("user.disabled", id)))
                        : Mono.empty()));
    }

    /** Lets a disabled user sign in again; sessions from before stay dead. False when there is no such disabled user. */
    public Mono<Boolean> enable(UserId id) {
        Objects.requireNonNull(id, "id must not be null");
        return Mono.defer(() -> store.changes(
                "UPDATE auth_user SET disabled_at = NULL, updated_at = ?2 WHERE id = ?1 AND disabled_at IS NOT NULL",
                id.value(),
                store.now()));
    }

    /**
     * Deletes a user with all that is theirs, and all tokens whose subject is the id or the address. The audit log stays. A user of
     * thousands of sessions first loses these, in batches between which others write. False when there is no such user.
     */
    public Mono<Boolean> delete(UserId id) {
        Objects.requireNonNull(id, "id must not be null");
        Sweep sweep = new Sweep(store, BATCH);
        return sweep.found(SESSIONS, "DELETE FROM auth_session WHERE " + BY_KEY + " AND user_id = ?1", id.value())
                .then(sweep.found(TOKENS, "DELETE FROM auth_token WHERE " + BY_KEY + " AND subject = ?1", id.value()))
                .then(store.together(() -> addressOf(id)
                        .flatMap(address -> revoked(id, address))
                        .then(store.changes("DELETE FROM auth_user WHERE id = ?1", id.value()))));
    }

    /** A page of all users, in the order of their ids. */
    public Flux<User> all(Page page) {
        Objects.requireNonNull(page, "page must not be null");
        String after = page.after();
        return store.rows(
                        "SELECT " + User.COLUMNS + " FROM auth_user u WHERE u.id > ?1 ORDER BY u.id LIMIT ?2",
                        after == null ? "" : after,
                        page.size())
                .map(row -> User.of(Fields.of(row)));
    }
}
