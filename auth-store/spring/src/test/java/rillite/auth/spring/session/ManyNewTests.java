package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import rillite.querysets.StatementCounter;

/** New sessions that share transactions: each is stored as if it were alone. */
final class ManyNewTests extends SessionStoreTests {

    private SqliteSession fresh(String name, Object value) {
        SqliteSession session = get(sessions.createSession());
        session.setAttribute(name, value);
        return session;
    }

    @Test
    void save_manyAtOnce_shareTransactions() {
        List<SqliteSession> all =
                get(Flux.range(0, 640).map(i -> fresh("a", "value-" + i)).collectList());
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            run(Flux.fromIterable(all)
                    .flatMap(one -> sessions.save(one).subscribeOn(Schedulers.parallel()), 64)
                    .then());
            assertThat(counter.count()).isLessThan(2 * 640);
        }
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(640);
        for (int i = 0; i < 640; i += 40) {
            assertThat(store.read(all.get(i)).<String>getAttribute("a")).isEqualTo("value-" + i);
        }
    }

    @Test
    void save_oneOfManyThatFails_failsAlone() {
        store.sql("CREATE TRIGGER no BEFORE INSERT ON SPRING_SESSION_ATTRIBUTES WHEN new.ATTRIBUTE_NAME = 'bad'"
                + " BEGIN SELECT RAISE(ABORT, 'no'); END");
        List<SqliteSession> all = get(Flux.range(0, 64)
                .map(i -> fresh(i % 16 == 3 ? "bad" : "good", "1"))
                .collectList());
        List<Boolean> stored = get(Flux.fromIterable(all)
                .flatMapSequential(
                        one -> sessions.save(one)
                                .thenReturn(true)
                                .onErrorReturn(false)
                                .subscribeOn(Schedulers.parallel()),
                        64)
                .collectList());
        for (int i = 0; i < 64; i++) {
            assertThat(stored.get(i)).isEqualTo(i % 16 != 3);
            assertThat(store.isThere(all.get(i))).isEqualTo(i % 16 != 3);
        }
    }

    @Test
    void save_sameIdByTwoAtOnce_oneIsStored() {
        SqliteReactiveSessionRepository same = store.with(options -> options.ids(() -> "same"));
        long stored = get(Flux.range(0, 16)
                .map(i -> {
                    SqliteSession session = get(same.createSession());
                    session.setAttribute("n", i);
                    return session;
                })
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .flatMap(one -> same.save(one).thenReturn(1).onErrorResume(error -> Mono.empty()), 16)
                .count());
        assertThat(stored).isEqualTo(1);
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isEqualTo(1);
    }

    @Test
    void save_strangeTexts_comeBack() {
        String strange = "q\"u'o\\te \ud83d\ude00 \u0001 [x]";
        SqliteSession session = fresh(strange, strange);
        session.setAttribute(ReactiveFindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, strange);
        session.setMaxInactiveInterval(Duration.ofSeconds(-1));
        run(sessions.save(session));
        SqliteSession read = store.read(session);
        assertThat(read.<String>getAttribute(strange)).isEqualTo(strange);
        assertThat(read.getMaxInactiveInterval()).isNegative();
        assertThat(get(sessions.findByPrincipalName(strange))).containsOnlyKeys(session.getId());
        assertThat(store.count("SELECT EXPIRY_TIME FROM SPRING_SESSION")).isEqualTo(Long.MAX_VALUE);
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION s JOIN SPRING_SESSION_ATTRIBUTES a"
                        + " ON a.SESSION_PRIMARY_ID = s.PRIMARY_ID WHERE typeof(PRIMARY_ID) || typeof(SESSION_ID) ||"
                        + " typeof(ATTRIBUTE_NAME) || typeof(CREATION_TIME) || typeof(ATTRIBUTE_BYTES)"
                        + " = 'texttexttextintegerblob'"))
                .isEqualTo(2);
    }

    @Test
    void save_largeOrInATransaction_goesAlone() {
        SqliteSession large = fresh("large", "x".repeat(SessionInserts.SMALL));
        SqliteSession inside = fresh("a", "1");
        SqliteSession undone = fresh("a", "1");
        run(sessions.save(large));
        run(store.db.inTransaction(tx -> sessions.save(inside)).then());
        fails(
                store.db.inTransaction(tx -> sessions.save(undone).then(Mono.error(new IllegalStateException("undo")))),
                IllegalStateException.class,
                "undo");
        assertThat(store.read(large).<String>getAttribute("large")).hasSize(SessionInserts.SMALL);
        assertThat(store.isThere(inside)).isTrue();
        assertThat(store.isThere(undone)).isFalse();
    }

    @Test
    void save_someCancelled_leavesTheOthersWhole() {
        List<SqliteSession> all = get(Flux.range(0, 200).map(i -> fresh("a", i)).collectList());
        run(Flux.fromIterable(all)
                .index()
                .flatMap(
                        one -> {
                            Mono<Void> save = sessions.save(Objects.requireNonNull(one.getT2()));
                            if (one.getT1() % 2 == 0) {
                                return save;
                            }
                            save.subscribe().dispose();
                            return Mono.empty();
                        },
                        64)
                .then());
        for (int i = 0; i < 200; i += 2) {
            assertThat(store.read(all.get(i)).<Integer>getAttribute("a")).isEqualTo(i);
        }
        store.sql("CREATE TABLE behind_them (n)");
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isEqualTo(store.count("SELECT count(*) FROM SPRING_SESSION"));
    }

    @Test
    void save_moreThanMayWait_storesAll() {
        List<SqliteSession> all =
                get(Flux.range(0, 6_000).map(i -> fresh("a", i)).collectList());
        run(Flux.fromIterable(all).flatMap(sessions::save, 6_000).then());
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isEqualTo(6_000);
    }

    @Test
    void save_behindABusyWriter_queuesSoManyAndNoMore() {
        int all = 4_096 + 300;
        List<SqliteSession> fresh =
                get(Flux.range(0, all).map(i -> fresh("a", i)).collectList());
        Sinks.Empty<Void> release = Sinks.empty();
        Sinks.Empty<Void> held = Sinks.empty();
        Disposable holder = store.db
                .inTransaction(tx -> Mono.fromRunnable(held::tryEmitEmpty).then(release.asMono()))
                .subscribe();
        run(held.asMono());
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            Mono<Void> saves =
                    Flux.fromIterable(fresh).flatMap(sessions::save, all).then().cache();
            saves.subscribe();
            release.tryEmitEmpty();
            run(saves);
            // Each of those that found the queue full has asked the database itself, by two statements of its own.
            assertThat(counter.count()).isGreaterThan(2 * 200);
        } finally {
            holder.dispose();
        }
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(all);
    }

    @Test
    void save_closedDatabase_failsForAll() {
        SqliteSession session = fresh("a", "1");
        run(store.db.close());
        assertThat(sessions.save(session).thenReturn(true).onErrorReturn(false).block(PATIENCE))
                .isFalse();
        assertThat(sessions.save(session).thenReturn(true).onErrorReturn(false).block(PATIENCE))
                .isFalse();
    }
}
