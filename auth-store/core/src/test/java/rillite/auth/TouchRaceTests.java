package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.auth.Fixture.PATIENCE;
import static rillite.auth.Fixture.find;
import static rillite.auth.Fixture.get;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Visits that are noted, against each other and against the end of a session. */
final class TouchRaceTests extends StoreTests {

    private static final int INTERLEAVINGS = 10_000;

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
        Fixture.run(store.db.sql(sql).execute());
    }

    /** Visits and revocations go to the writer side by side, in whatever order; a session never lives on. */
    @Test
    void revoke_againstTouch_wins() {
        UserId ada = store.user("ada@example.org");
        Touches touches = new Touches(new Store(store.db, Fixture.options(store.clock)));
        long due = store.clock.millis() - Duration.ofMinutes(6).toMillis();
        int sessions = 100;
        int rounds = INTERLEAVINGS / sessions;
        for (int round = 0; round < rounds; round++) {
            List<IssuedSession> issued = get(Flux.range(0, sessions)
                    .flatMapSequential(i -> auth.sessions().create(ada, SessionRequest.none()), 32)
                    .collectList());
            run("UPDATE auth_session SET last_seen_at = " + due);
            Mono<Void> all = Flux.fromIterable(issued)
                    .index()
                    .flatMap(
                            one -> {
                                byte[] hash = RawToken.hash(one.getT2().token());
                                Mono<Void> touch =
                                        Mono.fromRunnable(() -> touches.touch(hash, due, store.clock.millis()));
                                Mono<Void> revoke =
                                        auth.sessions().revoke(one.getT2().id()).then();
                                return one.getT1() % 2 == 0
                                        ? Mono.when(touch.subscribeOn(Schedulers.parallel()), revoke)
                                        : Mono.when(revoke, touch.subscribeOn(Schedulers.parallel()));
                            },
                            sessions)
                    .then();
            Fixture.run(all);
            await().atMost(PATIENCE).until(() -> touches.size() == 0);
            assertThat(store.count("SELECT count(*) FROM auth_session")).isZero();
        }
    }

    @Test
    void revokeAll_againstTouch_wins() {
        UserId ada = store.user("ada@example.org");
        for (int round = 0; round < 200; round++) {
            String token = store.session(ada).token().expose();
            store.clock.move(Duration.ofMinutes(6));
            Fixture.run(Mono.when(
                    auth.sessions().authenticate(token).subscribeOn(Schedulers.parallel()),
                    auth.sessions().revokeAll(ada),
                    auth.sessions().authenticate(token).subscribeOn(Schedulers.parallel())));

            assertThat(find(auth.sessions().authenticate(token))).isNull();
            assertThat(get(auth.sessions().list(ada).collectList())).isEmpty();
        }
    }
}
