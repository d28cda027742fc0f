package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.testing.Await;

/** Sessions that are remembered are what the file says, whoever changes it, and however. */
final class KnownSessionsTests extends StoreTests {

    private UserId ada = new UserId("nobody");
    private String token = "";

    private ActiveSession begun() {
        ada = store.user("ada@example.org");
        run(auth.roles().grant(ada, "reader"));
        IssuedSession issued = get(auth.sessions().create(ada, SessionRequest.none()));
        token = issued.token().expose();
        return get(auth.sessions().authenticate(token));
    }

    private long generation() {
        return store.count("SELECT value FROM auth_generation");
    }

    private void raw(String sql) {
        try (Raw raw = new Raw(store.file)) {
            List.of(sql.split("; ")).forEach(raw::run);
        }
    }

    @Test
    void authenticate_again_isWhatWasLookedUp() {
        ActiveSession first = begun();

        assertThat(get(auth.sessions().authenticate(token))).isSameAs(first);
        store.session(store.user("bob@example.org"));
        assertThat(get(auth.sessions().authenticate(token))).as("others come").isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM auth_session",
                "UPDATE auth_session SET expires_at = 1",
                "UPDATE auth_session SET absolute_expires_at = 1",
                "UPDATE auth_session SET epoch = 7",
                "UPDATE auth_session SET token_hash = zeroblob(32)",
                "UPDATE auth_user SET session_epoch = session_epoch + 1",
                "UPDATE auth_user SET disabled_at = 1",
                "DELETE FROM auth_user",
                "PRAGMA foreign_keys = ON; DELETE FROM auth_user",
                "PRAGMA recursive_triggers = OFF; INSERT OR REPLACE INTO auth_session (token_hash, id, user_id, epoch,"
                        + " created_at, last_seen_at, expires_at, absolute_expires_at)"
                        + " SELECT token_hash, id, user_id, epoch, created_at, last_seen_at, 1, 1 FROM auth_session",
                "INSERT OR REPLACE INTO auth_session (token_hash, id, user_id, epoch, created_at, last_seen_at, expires_at,"
                        + " absolute_expires_at) SELECT zeroblob(32), id, user_id, epoch, 1, 1, 1, 1 FROM auth_session",
                "INSERT OR REPLACE INTO auth_user (id, session_epoch, created_at, updated_at)"
                        + " SELECT id, 9, created_at, updated_at FROM auth_user",
                "INSERT OR REPLACE INTO auth_user (id, email, email_key, created_at, updated_at)"
                        + " SELECT 'other', email, email_key, created_at, updated_at FROM auth_user",
                "DROP TRIGGER auth_generation_session_deleted; DELETE FROM auth_session",
                "DROP TABLE auth_session; CREATE TABLE auth_session AS SELECT zeroblob(32) AS token_hash, '' AS id,"
                        + " '' AS user_id, 0 AS epoch, 0 AS created_at, 0 AS last_seen_at, 0 AS expires_at,"
                        + " 0 AS absolute_expires_at, 1 AS aal, NULL AS data",
            })
    void sessionEndedBehindTheStore_isEndedAtOnce(String sql) {
        begun();
        raw(sql);

        assertThat(find(auth.sessions().authenticate(token))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE auth_user SET name = 'Ada'",
                "UPDATE auth_session SET aal = 2",
                "UPDATE auth_session SET data = '{\"a\":\"b\"}'",
                "INSERT INTO auth_role VALUES ('admin'); INSERT INTO auth_user_role SELECT id, 'admin' FROM auth_user",
                "DELETE FROM auth_user_role",
                "PRAGMA foreign_keys = ON; DELETE FROM auth_role",
                "UPDATE auth_user_role SET user_id = 'other'",
            })
    void sessionChangedBehindTheStore_isChangedAtOnce(String sql) {
        ActiveSession before = begun();
        raw(sql);

        assertThat(get(auth.sessions().authenticate(token))).isNotEqualTo(before);
    }

    @Test
    void visitsAndSignIns_moveNothing() {
        begun();
        long before = generation();

        store.clock.move(Duration.ofMinutes(6));
        get(auth.sessions().authenticate(token)); // is noted
        get(auth.sessions().create(ada, SessionRequest.none()));
        store.user("bob@example.org");

        assertThat(generation()).isEqualTo(before);
    }

    @Test
    void visits_areNotedAllTheSame() {
        ActiveSession first = begun();
        for (int day = 1; day <= 9; day++) {
            store.clock.move(Duration.ofDays(1));
            assertThat(find(auth.sessions().authenticate(token)))
                    .as("after %d days", day)
                    .isNotNull();
            await().atMost(PATIENCE)
                    .until(() -> store.count("SELECT last_seen_at FROM auth_session") == store.clock.millis());
        }
        assertThat(get(auth.sessions().authenticate(token)).lastSeenAt()).isAfter(first.expiresAt());
    }

    @Test
    void idleSession_ends() {
        ActiveSession session = begun();

        store.clock.move(Duration.between(store.clock.instant(), session.expiresAt()));

        assertThat(find(auth.sessions().authenticate(token))).isNull();
    }

    @Test
    void transaction_seesItsOwnChanges_andLeavesNone() {
        ActiveSession before = begun();
        IllegalStateException undone = new IllegalStateException("undone");
        List<Boolean> inside = new ArrayList<>();

        Await.fails(
                auth.inTransaction(tx -> tx.sessions()
                        .revokeAll(ada)
                        .then(tx.sessions().authenticate(token).hasElement())
                        .doOnNext(inside::add)
                        .then(auth.sessions().authenticate(token).hasElement())
                        .doOnNext(inside::add)
                        .then(Mono.error(undone))),
                IllegalStateException.class,
                "undone");

        assertThat(inside).containsExactly(false, false);
        assertThat(get(auth.sessions().authenticate(token))).isEqualTo(before);
    }

    @Test
    void withoutTriggers_nothingIsRemembered() {
        raw("DROP TRIGGER auth_generation_user_updated");
        ActiveSession first = begun();

        assertThat(get(auth.sessions().authenticate(token))).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void rememberSessions_zero_looksUpEachTime() {
        ActiveSession first = begun();
        AuthStore forgetful =
                AuthStore.on(store.db, Fixture.options(store.clock).rememberSessions(0));

        assertThat(get(forgetful.sessions().authenticate(token))).isEqualTo(first);
        assertThat(get(forgetful.sessions().authenticate(token)))
                .isNotSameAs(get(forgetful.sessions().authenticate(token)));
    }

    @Test
    void known_keepsThoseAskedForLast() {
        ActiveSession session = begun();
        KnownSessions known = new KnownSessions(2);
        KnownSessions.Known one = new KnownSessions.Known(session, new Generation.Mark(1, 1), 0);

        known.keep(new byte[] {1}, one);
        known.keep(new byte[] {2}, one);
        known.find(new byte[] {1});
        known.keep(new byte[] {3}, one);

        assertThat(known.size()).isEqualTo(2);
        assertThat(known.find(new byte[] {1})).isSameAs(one);
        assertThat(known.find(new byte[] {2})).isNull();
    }

    @Test
    void manyAtOnce_areAllAnswered() {
        ActiveSession first = begun();

        List<ActiveSession> answers = get(Flux.range(0, 10_000)
                .flatMap(i -> auth.sessions().authenticate(token), 512)
                .collectList());

        assertThat(answers).hasSize(10_000).allMatch(first::equals);
    }
}
