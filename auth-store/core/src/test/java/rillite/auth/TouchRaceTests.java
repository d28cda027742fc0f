package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.core.testing.Await;

/** Visits that are noted, against each other and against the end of a session. */
final class TouchRaceTests extends StoreTests {

    private static final int INTERLEAVINGS = 10_000;
    private static final int AT_ONCE = 100;

    @Test
    void touches_thousandInOneWindow_areOneWrite() {
        UserId ada = store.user("ada@example.org");
        String token = store.session(ada).token().expose();
        store.clock.move(Duration.ofMinutes(5));
        run("CREATE TABLE writes (n INTEGER)");
        run("CREATE TRIGGER count_touches AFTER UPDATE ON auth_session BEGIN INSERT INTO writes VALUES (1); END");

        List<ActiveSession> seen = get(Flux.range(0, 1_000)
                .flatMap(i -> auth.sessions().authenticate(token).subscribeOn(Schedulers.parallel()), 64)
                .collectList());

        assertThat(seen).hasSize(1_000);
        await().atMost(PATIENCE).until(() -> store.count("SELECT count(*) FROM writes") == 1);
        // Whatever is still under way stands behind this in the writer's queue.
        run("INSERT INTO writes VALUES (2)");
        assertThat(store.count("SELECT count(*) FROM writes WHERE n = 1")).isEqualTo(1);
        assertThat(store.count("SELECT last_seen_at FROM auth_session")).isEqualTo(store.clock.millis());
    }

    private void run(String sql) {
        Await.run(store.db.sql(sql).execute());
    }

    /** Visits and revocations go to the writer side by side, in whatever order; a session never lives on. */
    @Test
    void revokeAll_againstTouch_wins() {
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            users.add(store.user("u" + i + "@example.org"));
        }
        interleaved(users, INTERLEAVINGS, session -> auth.sessions().revokeAll(session.user()));
    }

    @Test
    void revoke_againstTouch_wins() {
        List<UserId> users = Collections.nCopies(AT_ONCE, store.user("ada@example.org"));
        interleaved(users, INTERLEAVINGS / 10, session -> auth.sessions().revoke(session.id()));
        assertThat(store.count("SELECT count(*) FROM auth_session")).isZero();
    }

    private void interleaved(List<UserId> users, int interleavings, Function<IssuedSession, Mono<?>> end) {
        Touches touches = new Touches(new Store(store.db, Fixture.options(store.clock)));
        long due = store.clock.millis() - Duration.ofMinutes(6).toMillis();
        for (int done = 0; done < interleavings; done += users.size()) {
            List<IssuedSession> issued = get(Flux.fromIterable(users)
                    .flatMap(user -> auth.sessions().create(user, SessionRequest.none()), 32)
                    .collectList());
            run("UPDATE auth_session SET last_seen_at = " + due);
            Await.run(Flux.fromIterable(issued)
                    .index()
                    .flatMap(
                            one -> {
                                byte[] hash = RawToken.hash(one.getT2().token());
                                Mono<Void> touch = Mono.<Void>fromRunnable(
                                                () -> touches.touch(hash, due, store.clock.millis()))
                                        .subscribeOn(Schedulers.parallel());
                                Mono<?> ended = end.apply(one.getT2());
                                return one.getT1() % 2 == 0 ? Mono.when(touch, ended) : Mono.when(ended, touch);
                            },
                            users.size())
                    .then());
            assertThat(live()).isZero();
            await().atMost(PATIENCE).until(() -> touches.size() == 0);
            assertThat(live()).isZero();
            run("DELETE FROM auth_session");
        }
    }

    private long live() {
        return store.count("SELECT count(*) FROM auth_session s JOIN auth_user u ON u.id = s.user_id"
                + " WHERE s.epoch = u.session_epoch");
    }

    @Test
    void revokeAll_againstRequests_endsThem() {
        UserId ada = store.user("ada@example.org");
        for (int round = 0; round < 200; round++) {
            String token = store.session(ada).token().expose();
            store.clock.move(Duration.ofMinutes(6));
            Await.run(Mono.when(
                    auth.sessions().authenticate(token).subscribeOn(Schedulers.parallel()),
                    auth.sessions().revokeAll(ada),
                    auth.sessions().authenticate(token).subscribeOn(Schedulers.parallel())));

            assertThat(find(auth.sessions().authenticate(token))).isNull();
            assertThat(get(auth.sessions().list(ada).collectList())).isEmpty();
        }
    }
}
