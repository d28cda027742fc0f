package rillite.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who is signed in. A session lives until its token is not shown for a while, until its absolute end, until it is revoked, or
 * until its user is disabled or changes a factor: whatever comes first. What has been revoked when {@code onComplete} arrives
 * is dead on every connection.
 *
 * <p>Threads, cancel and errors: see the {@linkplain rillite.auth package}.
 */
public final class Sessions {

    private static final String LIVE =
            "s.expires_at > ?2 AND s.absolute_expires_at > ?2 AND s.epoch = u.session_epoch AND u.disabled_at IS NULL";

    private static final String LOOK = look("");
    private static final String LOOK_TO_KEEP = look(", " + Generation.COLUMNS);

    private final Store store;
    private final Touches touches;
    private final KnownSessions known;
    private final Generation generation;

    Sessions(Store store, Touches touches, KnownSessions known, Generation generation) {
        this.store = store;
        this.touches = touches;
        this.known = known;
        this.generation = generation;
    }

    private static String look(String more) {
        return "SELECT s.id AS session_id, s.aal, s.created_at, s.last_seen_at, s.expires_at, s.absolute_expires_at, s.data, "
                + User.COLUMNS + ", " + Roles.OF_USER + " AS roles" + more
                + " FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE s.token_hash = ?1 AND " + LIVE;
    }

    /**
     * Signs a user in. End an old session of the same browser first: never let a token from before the sign-in live on.
     *
     * @return the session with its token; {@link UnknownUserException} when the user is unknown or disabled
     */
    public Mono<IssuedSession> create(UserId user, SessionRequest request) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(request, "request must not be null");
        return created(user, null, request).switchIfEmpty(Mono.error(() -> AuthErrors.unknownUser(user)));
    }

    /**
     * Signs in who has shown a password, and maybe a second factor. The level of the session is the higher one of the request
     * and of what was shown.
     *
     * @return the session with its token; {@link WrongPasswordException} when the password, another factor or the sessions of the
     *     user were changed or ended since it was checked, or the user was disabled
     */
    public Mono<IssuedSession> create(PasswordResult.Ok shown, SessionRequest request) {
        Objects.requireNonNull(shown, "shown must not be null");
        Objects.requireNonNull(request, "request must not be null");
        SessionRequest levelled = request.level(Math.max(request.level(), shown.level()));
        return created(shown.user().id(), shown.epoch(), levelled)
                .switchIfEmpty(Mono.error(AuthErrors::outdatedPassword));
    }

    private Mono<IssuedSession> created(UserId user, @Nullable Long epoch, SessionRequest request) {
        return Mono.defer(() -> {
            Secret token = RawToken.mint();
            AuthOptions options = store.options();
            return store.row(
                            "INSERT INTO auth_session (token_hash, id, user_id, epoch, created_at, last_seen_at,"
                                    + " expires_at, absolute_expires_at, aal, ip, user_agent, data)"
                                    + " SELECT ?1, ?2, u.id, u.session_epoch, ?4, ?4, ?4 + min(?5, ?6), ?4 + ?6, ?7, ?8, ?9, ?11"
                                    + " FROM auth_user u WHERE u.id = ?3 AND u.disabled_at IS NULL"
                                    + " AND u.session_epoch = ifnull(?10, u.session_epoch)"
                                    + " RETURNING id AS session_id, user_id, expires_at, absolute_expires_at",
                            RawToken.hash(token),
                            Chance.id(),
                            user.value(),
                            store.now(),
                            options.sessionIdleMillis(),
                            options.sessionAbsoluteMillis(),
                            request.level(),
                            request.ip(),
                            request.userAgent(),
                            epoch,
                            request.data().isEmpty() ? null : FlatJson.write(request.data()))
                    .map(row -> IssuedSession.of(token, Fields.of(row)));
        });
    }

    /**
     * Says who shows a token. One SELECT: of a single number where the session was looked up before and nothing has made it
     * another since, in whatever process. The visit is noted beside it when one is due, which neither delays nor fails this.
     *
     * @return empty when the token is no live session's
     */
    public Mono<ActiveSession> authenticate(@Nullable String rawToken) {
        byte[] hash = RawToken.find(rawToken);
        if (hash == null) {
            return Mono.empty();
        }
        return Mono.deferContextual(context -> {
            long now = store.now();
            if (store.database().isInTransaction() || store.database().isInTransaction(context)) {
                return looked(hash, now, false); // it sees what nobody else does yet
            }
            KnownSessions.Known before = known.find(hash);
            if (before == null || !before.isFresh(now, store.options().touchEveryMillis())) {
                return looked(hash, now, true);
            }
            return generation
                    .mark()
                    .filter(before.mark()::equals)
                    .map(same -> before.session())
                    .switchIfEmpty(Mono.defer(() -> looked(hash, now, true)));
        });
    }

    private Mono<ActiveSession> looked(byte[] hash, long now, boolean keep) {
        boolean kept = keep && known.isKept();
        return store.row(kept ? LOOK_TO_KEEP : LOOK, hash, now)
                .flatMap(row -> Mono.justOrEmpty(Fields.sound(row, ActiveSession::of))
                        .delayUntil(session -> kept ? keep(hash, now, session, Fields.of(row)) : Mono.empty()))
                .switchIfEmpty(Mono.fromRunnable(() -> known.forget(hash)))
                .doOnNext(session -> touches.touch(hash, session.lastSeenAt().toEpochMilli(), now));
    }

    private Mono<Boolean> keep(byte[] hash, long now, ActiveSession session, Fields row) {
        Generation.Mark mark = Generation.Mark.of(row);
        return mark == null
                ? Mono.empty()
                : generation
                        .isGuarded(mark)
                        .filter(Boolean::booleanValue)
                        .doOnNext(guarded -> known.keep(hash, new KnownSessions.Known(session, mark, now)));
    }

    /**
     * Gives a session another token; the old one is dead at once. For a change of privileges, and against tokens that were
     * planted before.
     *
     * @return empty when the token is no live session's
     */
    public Mono<IssuedSession> rotate(@Nullable String rawToken) {
        return rotate(rawToken, 1);
    }

    /**
     * As {@link #rotate(String)}; the session is of that level from then on, unless it was of a higher one. For who has shown
     * another factor within their session.
     *
     * @return empty when the token is no live session's
     * @throws InvalidAuthValueException the level is not 1, 2 or 3
     */
    public Mono<IssuedSession> rotate(@Nullable String rawToken, int level) {
        SessionRequest.checkLevel(level);
        byte[] hash = RawToken.find(rawToken);
        if (hash == null) {
            return Mono.empty();
        }
        return Mono.defer(() -> {
            Secret next = RawToken.mint();
            return store.row(
                            "UPDATE auth_session SET token_hash = ?3, aal = max(aal, ?4), version = version + 1"
                                    + " WHERE token_hash = ?1 AND expires_at > ?2 AND absolute_expires_at > ?2"
                                    + " AND EXISTS (SELECT 1 FROM auth_user u WHERE u.id = user_id"
                                    + " AND u.session_epoch = epoch AND u.disabled_at IS NULL)"
                                    + " RETURNING id AS session_id, user_id, expires_at, absolute_expires_at",
                            hash,
                            store.now(),
                            RawToken.hash(next),
                            level)
                    .map(row -> IssuedSession.of(next, Fields.of(row)));
        });
    }

    /** The live sessions of a user, the one seen last first. */
    public Flux<SessionInfo> list(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return Flux.defer(() -> store.rows(
                        "SELECT s.id, s.aal, s.ip, s.user_agent, s.created_at, s.last_seen_at, s.expires_at,"
                                + " s.absolute_expires_at FROM auth_session s JOIN auth_user u ON u.id = s.user_id"
                                + " WHERE s.user_id = ?1 AND " + LIVE + " ORDER BY s.last_seen_at DESC, s.id",
                        user.value(),
                        store.now()))
                .concatMap(Fields.soundly(SessionInfo::of));
    }

    /** Ends a session. False when there is none with that id; check first whose it is where users may end theirs. */
    public Mono<Boolean> revoke(SessionId id) {
        Objects.requireNonNull(id, "id must not be null");
        return store.changes("DELETE FROM auth_session WHERE id = ?1", id.value());
    }

    /** Ends a session of that user only. False when they have none with that id. */
    public Mono<Boolean> revoke(UserId user, SessionId id) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(id, "id must not be null");
        return store.changes("DELETE FROM auth_session WHERE id = ?1 AND user_id = ?2", id.value(), user.value());
    }

    /** Ends the session of a token: sign-out. False when there is none. */
    public Mono<Boolean> revokeToken(@Nullable String rawToken) {
        byte[] hash = RawToken.find(rawToken);
        return hash == null ? Mono.just(false) : store.changes("DELETE FROM auth_session WHERE token_hash = ?1", hash);
    }

    /** Ends all sessions of a user but one, if that one is alive and theirs. Gives how many were ended. */
    public Mono<Long> revokeOthers(UserId user, SessionId keep) {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(keep, "keep must not be null");
        return store.together(() -> Epoch.next(store, user)
                        .flatMap(epoch -> epoch.keep(store, keep).map(kept -> epoch.live() - (kept ? 1 : 0))))
                .defaultIfEmpty(0L);
    }

    /** Ends all sessions of a user, however many, by one row. Gives how many were alive. */
    public Mono<Long> revokeAll(UserId user) {
        Objects.requireNonNull(user, "user must not be null");
        return Epoch.next(store, user).map(Epoch::live).defaultIfEmpty(0L);
    }
}
