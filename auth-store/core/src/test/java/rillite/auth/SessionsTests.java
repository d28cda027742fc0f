package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.core.testing.MovingClock;

final class SessionsTests extends StoreTests {

    private UserId ada = UserId.of("none");

    @BeforeEach
    void user() {
        ada = store.user("ada@example.org");
    }

    @Test
    void create_storesTheHashOnly() {
        IssuedSession session = store.session(ada);

        assertThat(session.expiresAt()).isEqualTo(MovingClock.START.plus(Duration.ofDays(7)));
        assertThat(session.endsAt()).isEqualTo(MovingClock.START.plus(Duration.ofDays(30)));
        assertThat(store.count(
                        "SELECT count(*) FROM auth_session WHERE token_hash = ?", RawToken.hash(session.token())))
                .isEqualTo(1);
        assertThat(session.toString()).doesNotContain(session.token().expose());
    }

    @Test
    void authenticate_givesUserAndRoles() {
        get(auth.roles().grant(ada, "admin"));
        get(auth.roles().grant(ada, "author, editor"));
        IssuedSession issued =
                get(auth.sessions().create(ada, SessionRequest.none().level(2)));

        ActiveSession session = get(auth.sessions().authenticate(issued.token().expose()));
        assertThat(session.id()).isEqualTo(issued.id());
        assertThat(session.user().email()).isEqualTo("ada@example.org");
        assertThat(session.roles()).containsExactlyInAnyOrder("admin", "author, editor");
        assertThat(session.level()).isEqualTo(2);
        assertThat(session.expiresAt()).isEqualTo(issued.expiresAt());
    }

    @Test
    void authenticate_anythingElse_isEmpty() {
        assertThat(find(auth.sessions().authenticate(null))).isNull();
        assertThat(find(auth.sessions().authenticate("' OR 1=1 --"))).isNull();
        assertThat(find(auth.sessions().authenticate(RawToken.mint().expose()))).isNull();
        fails(auth.sessions().create(UserId.of("nobody"), SessionRequest.none()), UnknownUserException.class, "nobody");
    }

    @Test
    void authenticate_exactlyAtItsEnd_isEmpty() {
        String token = store.session(ada).token().expose();

        store.clock.move(Duration.ofDays(7).minusMillis(1));
        assertThat(store.count("SELECT expires_at - ? FROM auth_session", store.clock.millis()))
                .isEqualTo(1);
        assertThat(find(auth.sessions().authenticate(token))).isNotNull();
        await().atMost(PATIENCE)
                .until(() -> store.count("SELECT last_seen_at FROM auth_session") == store.clock.millis());

        store.clock.move(Duration.ofDays(7));
        assertThat(find(auth.sessions().authenticate(token))).isNull();
        store.clock.move(Duration.ofMillis(-1));
        assertThat(find(auth.sessions().authenticate(token)))
                .as("a clock that goes back")
                .isNotNull();
    }

    @Test
    void touch_isNotedWhenDueOnly_andStopsAtTheAbsoluteEnd() {
        String token = store.session(ada).token().expose();
        long begin = store.clock.millis();

        store.clock.move(Duration.ofMinutes(5).minusMillis(1));
        get(auth.sessions().authenticate(token));
        assertThat(store.count("SELECT last_seen_at FROM auth_session")).isEqualTo(begin);

        for (int day = 0; day < 24; day += 6) {
            store.clock.move(Duration.ofDays(6));
            await("a visit is noted, unless the last note is still under way")
                    .atMost(PATIENCE)
                    .until(() -> {
                        get(auth.sessions().authenticate(token));
                        return store.count("SELECT last_seen_at FROM auth_session") == store.clock.millis();
                    });
        }
        assertThat(store.count("SELECT expires_at - absolute_expires_at FROM auth_session"))
                .isZero();

        store.clock.move(Duration.ofDays(6));
        assertThat(find(auth.sessions().authenticate(token)))
                .as("30 days are over")
                .isNull();
    }

    @Test
    void rotate_killsTheOldTokenAtOnce() {
        IssuedSession old = store.session(ada);
        IssuedSession next = get(auth.sessions().rotate(old.token().expose()));

        assertThat(next.id()).isEqualTo(old.id());
        assertThat(next.endsAt()).isEqualTo(old.endsAt());
        assertThat(find(auth.sessions().authenticate(old.token().expose()))).isNull();
        assertThat(find(auth.sessions().authenticate(next.token().expose()))).isNotNull();
        assertThat(find(auth.sessions().rotate(old.token().expose()))).isNull();

        get(auth.sessions().revokeAll(ada));
        assertThat(find(auth.sessions().rotate(next.token().expose())))
                .as("of an old epoch")
                .isNull();
    }

    @Test
    void list_givesLiveSessionsLastSeenFirst() {
        IssuedSession old = get(auth.sessions()
                .create(ada, SessionRequest.none().ip("10.0.0.1").userAgent("Fire\nfox" + "x".repeat(1_000))));
        store.clock.move(Duration.ofSeconds(1));
        IssuedSession young = store.session(ada);
        store.session(store.user("grace@example.org"));

        var sessions = get(auth.sessions().list(ada).collectList());
        assertThat(sessions).extracting(SessionInfo::id).containsExactly(young.id(), old.id());
        assertThat(sessions.get(1).ip()).isEqualTo("10.0.0.1");
        assertThat(sessions.get(1).userAgent()).startsWith("Firefox").hasSize(500);

        store.clock.move(Duration.ofDays(7).minusSeconds(1));
        assertThat(get(auth.sessions().list(ada).collectList()))
                .extracting(SessionInfo::id)
                .containsExactly(young.id());
    }

    @Test
    void revoke_oneSession_leavesTheOthers() {
        IssuedSession one = store.session(ada);
        IssuedSession two = store.session(ada);
        UserId grace = store.user("grace@example.org");

        assertThat(get(auth.sessions().revoke(grace, one.id())))
                .as("of somebody else")
                .isFalse();
        assertThat(get(auth.sessions().revoke(one.id()))).isTrue();
        assertThat(get(auth.sessions().revoke(one.id()))).isFalse();
        assertThat(find(auth.sessions().authenticate(one.token().expose()))).isNull();
        assertThat(find(auth.sessions().authenticate(two.token().expose()))).isNotNull();
        assertThat(get(auth.sessions().revokeToken(two.token().expose()))).isTrue();
        assertThat(find(auth.sessions().authenticate(two.token().expose()))).isNull();
    }

    @Test
    void revokeOthers_keepsOne_andCounts() {
        IssuedSession keep = store.session(ada);
        IssuedSession other = store.session(ada);
        store.session(ada);

        assertThat(get(auth.sessions().revokeOthers(ada, keep.id()))).isEqualTo(2);
        assertThat(find(auth.sessions().authenticate(keep.token().expose()))).isNotNull();
        assertThat(find(auth.sessions().authenticate(other.token().expose()))).isNull();
        assertThat(get(auth.sessions().list(ada).collectList()))
                .extracting(SessionInfo::id)
                .containsExactly(keep.id());
    }

    @Test
    void revokeOthers_doesNotReviveTheDead() {
        IssuedSession dead = store.session(ada);
        get(auth.sessions().revokeAll(ada));
        store.session(ada);

        assertThat(get(auth.sessions().revokeOthers(ada, dead.id()))).isEqualTo(1);
        assertThat(find(auth.sessions().authenticate(dead.token().expose()))).isNull();
    }

    @Test
    void revokeAll_isOneRow_andCounts() {
        IssuedSession one = store.session(ada);
        store.session(ada);

        assertThat(get(auth.sessions().revokeAll(ada))).isEqualTo(2);
        assertThat(get(auth.sessions().revokeAll(ada))).isZero();
        assertThat(get(auth.sessions().revokeAll(UserId.of("nobody")))).isZero();
        assertThat(find(auth.sessions().authenticate(one.token().expose()))).isNull();
        assertThat(store.count("SELECT count(*) FROM auth_session"))
                .as("swept later")
                .isEqualTo(2);
        assertThat(find(auth.sessions().authenticate(store.session(ada).token().expose())))
                .isNotNull();
    }

    @Test
    void rotate_raisesTheLevel_andNeverLowersIt() {
        IssuedSession one = store.session(ada);
        IssuedSession two = get(auth.sessions().rotate(one.token().expose(), 2));
        IssuedSession three = get(auth.sessions().rotate(two.token().expose()));

        assertThat(find(auth.sessions().authenticate(one.token().expose()))).isNull();
        assertThat(get(auth.sessions().authenticate(three.token().expose())).level())
                .isEqualTo(2);
        assertThatThrownBy(() -> auth.sessions().rotate("x", 4)).isInstanceOf(InvalidAuthValueException.class);
    }

    @Test
    void revoke_completed_isSeenByEveryReader() {
        for (int round = 0; round < 50; round++) {
            IssuedSession session = store.session(ada);
            String token = session.token().expose();
            Mono<?> end = round % 2 == 0
                    ? auth.sessions().revoke(session.id())
                    : auth.sessions().revokeAll(ada);

            assertThat(get(end.thenMany(Flux.range(0, 64))
                            .flatMap(i -> auth.sessions().authenticate(token).subscribeOn(Schedulers.parallel()), 64)
                            .count()))
                    .isZero();
        }
    }
}
