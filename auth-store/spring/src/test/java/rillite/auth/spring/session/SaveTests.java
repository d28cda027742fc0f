package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.session.SaveMode;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.core.testing.MovingClock;
import rillite.querysets.StatementCounter;

/** What a save writes, and what it never brings back. */
final class SaveTests extends SessionStoreTests {

    @Test
    void create_isInNoTable_untilSaved() {
        SqliteSession session = get(sessions.createSession());

        assertThat(session.getId()).matches("[A-Za-z0-9_-]{43}");
        assertThat(session.getCreationTime()).isEqualTo(MovingClock.START);
        assertThat(session.getLastAccessedTime()).isEqualTo(MovingClock.START);
        assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(store.isThere(session)).isFalse();
        assertThat(session.toString()).doesNotContain(session.getId());
    }

    @Test
    void save_newWithoutAttributes_isOneStatement() {
        SqliteSession session = get(sessions.createSession());
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            run(sessions.save(session));
            counter.assertStatements(1);
            counter.reset();
            assertThat(store.isThere(session)).isTrue();
            counter.assertStatements(1);
        }
    }

    @Test
    void save_newWithAttributes_isTwoStatements_andReadsBack() {
        SqliteSession session = get(sessions.createSession());
        session.setAttribute("name", "Ada");
        session.setAttribute("count", 42L);
        session.setAttribute("cart", List.of("tea", "milk"));
        session.setMaxInactiveInterval(Duration.ofHours(2));
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            run(sessions.save(session));
            counter.assertStatements(2);
        }
        SqliteSession read = store.read(session);

        assertThat(read.getAttributeNames()).isEqualTo(Set.of("name", "count", "cart"));
        assertThat(read.<String>getAttribute("name")).isEqualTo("Ada");
        assertThat(read.<Long>getAttribute("count")).isEqualTo(42L);
        assertThat(read.<List<String>>getAttribute("cart")).containsExactly("tea", "milk");
        assertThat(read.getMaxInactiveInterval()).isEqualTo(Duration.ofHours(2));
        assertThat(read.getCreationTime()).isEqualTo(MovingClock.START);
        assertThat(store.count("SELECT EXPIRY_TIME - LAST_ACCESS_TIME FROM SPRING_SESSION"))
                .isEqualTo(Duration.ofHours(2).toMillis());
    }

    @Test
    void save_changed_writesOnlyWhatChanged() {
        SqliteSession session = store.read(store.saved("a", "1", "b", "2", "c", "3"));
        store.sql("CREATE TABLE writes (name TEXT)");
        store.sql("CREATE TRIGGER w AFTER UPDATE ON SPRING_SESSION_ATTRIBUTES"
                + " BEGIN INSERT INTO writes VALUES (new.ATTRIBUTE_NAME); END");
        session.setAttribute("b", "two");
        session.removeAttribute("c");
        session.setAttribute("d", "4");
        session.removeAttribute("nothing");
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            run(sessions.save(session));
            counter.assertStatements(3);
        }

        assertThat(store.read(session).getAttributeNames()).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(store.read(session).<String>getAttribute("b")).isEqualTo("two");
        assertThat(store.count("SELECT count(*) FROM writes WHERE name = 'b'")).isEqualTo(1);
        assertThat(store.count("SELECT count(*) FROM writes")).isEqualTo(1);
    }

    @Test
    void save_again_hasNothingToWrite() {
        SqliteSession session = store.saved("a", "1");
        store.sql("CREATE TRIGGER no BEFORE UPDATE ON SPRING_SESSION BEGIN SELECT RAISE(ABORT, 'no'); END");
        run(sessions.save(session));
    }

    @Test
    void save_twoRequestsOfOneSession_keepsBothAttributes() {
        SqliteSession session = store.saved();
        SqliteSession left = store.read(session);
        SqliteSession right = store.read(session);
        left.setAttribute("left", "1");
        right.setAttribute("right", "2");
        run(Mono.when(sessions.save(left), sessions.save(right)));
        assertThat(store.read(session).getAttributeNames()).containsExactlyInAnyOrder("left", "right");
    }

    @Test
    void save_64AtOnce_keepsEachAttribute() {
        SqliteSession session = store.saved();
        run(Flux.range(0, 64)
                .flatMap(
                        i -> sessions.findById(session.getId())
                                .doOnNext(own -> own.setAttribute("a" + i, i))
                                .flatMap(sessions::save)
                                .subscribeOn(Schedulers.parallel()),
                        64)
                .then());
        assertThat(store.read(session).getAttributeNames()).hasSize(64);
    }

    @Test
    void save_afterDelete_fails_andLeavesNoRow() {
        SqliteSession unchanged = store.saved("a", "1");
        SqliteSession changed = store.read(unchanged);
        SqliteSession renamed = store.read(unchanged);
        SqliteSession visited = store.read(unchanged);
        changed.setAttribute("b", "2");
        renamed.changeSessionId();
        visited.setLastAccessedTime(MovingClock.START.plus(Duration.ofMinutes(10)));
        run(sessions.deleteById(unchanged.getId()));

        for (SqliteSession session : List.of(unchanged, changed, renamed, visited)) {
            fails(sessions.save(session), IllegalStateException.class, "Session was invalidated");
        }
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                .isZero();
    }

    @Test
    void save_againstDelete_neverRevives() {
        for (int round = 0; round < 100; round++) {
            SqliteSession session = store.saved("a", "1");
            SqliteSession changed = store.read(session);
            changed.setAttribute("a", "2");
            run(Mono.when(
                    sessions.save(changed).onErrorResume(IllegalStateException.class, e -> Mono.empty()),
                    sessions.deleteById(session.getId())));
            assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();
            assertThat(store.count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"))
                    .isZero();
        }
    }

    @Test
    void save_attributeThatFails_changesNothing() {
        SqliteSession session = store.read(store.saved("a", "1"));
        session.setAttribute("a", "2");
        session.setAttribute("b", new Object() {});
        fails(sessions.save(session), IllegalArgumentException.class, "\"b\"", "AttributeSerializer");
        assertThat(store.read(session).<String>getAttribute("a")).isEqualTo("1");

        session.removeAttribute("b");
        run(sessions.save(session));
        assertThat(store.read(session).<String>getAttribute("a")).isEqualTo("2");
    }

    @Test
    void save_ofNew_thatFailsBetweenRows_leavesNothing() {
        store.sql("CREATE TRIGGER no BEFORE INSERT ON SPRING_SESSION_ATTRIBUTES BEGIN SELECT RAISE(ABORT, 'no'); END");
        SqliteSession session = get(sessions.createSession());
        session.setAttribute("a", "1");
        fails(sessions.save(session), RuntimeException.class);
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();

        store.sql("DROP TRIGGER no");
        run(sessions.save(session));
        assertThat(store.read(session).<String>getAttribute("a")).isEqualTo("1");
    }

    @Test
    void save_idThatIsTaken_neverOverwrites() {
        SqliteReactiveSessionRepository same = store.with(options -> options.ids(() -> "always-the-same"));
        SqliteSession first = get(same.createSession());
        SqliteSession second = get(same.createSession());
        first.setAttribute("of", "first");
        run(same.save(first));
        assertThat(same.save(second)
                        .map(done -> "")
                        .onErrorResume(e -> Mono.just(e.toString()))
                        .block(PATIENCE))
                .isNotNull()
                .doesNotContain("always-the-same");
        assertThat(get(same.findById("always-the-same")).<String>getAttribute("of"))
                .isEqualTo("first");
    }

    @Test
    void create_generatorOfBadIds_fails() {
        fails(store.with(options -> options.ids(() -> "two words")).createSession(), IllegalStateException.class);
        fails(store.with(options -> options.ids(() -> "")).createSession(), IllegalStateException.class);
    }

    @Test
    void setDuringSave_isKeptForTheNext() {
        SqliteSession session = store.saved();
        session.setAttribute("a", "1");
        run(sessions.save(session).doOnSubscribe(s -> session.setAttribute("a", "1")));
        SqliteSession.Delta before = session.delta();
        session.setAttribute("a", "2");
        session.saved(before);
        assertThat(session.delta().attributes()).containsOnlyKeys("a");
    }

    @Test
    void saveMode_onGet_writesWhatWasRead() {
        SqliteReactiveSessionRepository onGet = store.with(options -> options.saveMode(SaveMode.ON_GET_ATTRIBUTE));
        SqliteSession session = store.saved("map", new java.util.HashMap<>(Map.of("k", "1")), "other", "x");
        SqliteSession read = get(onGet.findById(session.getId()));
        Map<String, String> map = read.getRequiredAttribute("map");
        map.put("k", "2");
        assertThat(read.delta().attributes()).containsOnlyKeys("map");
        run(onGet.save(read));
        assertThat(store.read(session).<Map<String, String>>getAttribute("map")).containsEntry("k", "2");
    }

    @Test
    void saveMode_always_writesAll() {
        SqliteReactiveSessionRepository always = store.with(options -> options.saveMode(SaveMode.ALWAYS));
        SqliteSession session = store.saved("a", "1", "b", "2");
        assertThat(get(always.findById(session.getId())).delta().attributes()).containsOnlyKeys("a", "b");
    }

    @Test
    void changeSessionId_isOneStatement_keepsAttributes_andEndsTheOld() {
        SqliteSession session = store.read(store.saved("a", "1"));
        String old = session.getId();
        String next = session.changeSessionId();
        assertThat(next).isNotEqualTo(old).isEqualTo(session.getId());
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            run(sessions.save(session));
            counter.assertStatements(1);
        }

        assertThat(find(sessions.findById(old))).isNull();
        assertThat(get(sessions.findById(next)).<String>getAttribute("a")).isEqualTo("1");
        session.setAttribute("b", "2");
        run(sessions.save(session));
        assertThat(get(sessions.findById(next)).getAttributeNames()).contains("b");
    }

    @Test
    void changeSessionId_twiceBeforeSave_takesTheLast() {
        SqliteSession session = store.saved();
        String first = session.changeSessionId();
        String second = session.changeSessionId();
        run(sessions.save(session));
        assertThat(find(sessions.findById(first))).isNull();
        assertThat(get(sessions.findById(second)).getId()).isEqualTo(second);
    }

    @Test
    void changeSessionId_byTwoAtOnce_oneWins() {
        SqliteSession session = store.saved("a", "1");
        SqliteSession victim = store.read(session);
        SqliteSession attacker = store.read(session);
        String kept = victim.changeSessionId();
        attacker.changeSessionId();
        run(sessions.save(victim));
        fails(sessions.save(attacker), IllegalStateException.class, "Session was invalidated");
        assertThat(get(sessions.findById(kept)).<String>getAttribute("a")).isEqualTo("1");
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(1);
    }

    @Test
    void save_ofRequestUnderTheOldId_neverBringsItBack() {
        SqliteSession session = store.saved();
        SqliteSession slow = store.read(session);
        String old = session.getId();
        session.changeSessionId();
        run(sessions.save(session));
        slow.setAttribute("late", "1");
        run(sessions.save(slow));
        assertThat(find(sessions.findById(old))).isNull();
        assertThat(store.read(session).<String>getAttribute("late")).isEqualTo("1");
    }

    /** With such modes a request writes what it has only read: also who was signed in when it came. */
    @Test
    void save_ofRequestThatReadTheSignIn_neverUndoesASignOut() {
        for (SaveMode mode : List.of(SaveMode.ON_GET_ATTRIBUTE, SaveMode.ALWAYS)) {
            SqliteReactiveSessionRepository all = store.with(options -> options.saveMode(mode));
            SqliteSession session = store.saved("SPRING_SECURITY_CONTEXT", AttributeTests.signedIn());
            SqliteSession slow = get(all.findById(session.getId()));
            assertThat(slow.<Object>getAttribute("SPRING_SECURITY_CONTEXT")).isNotNull();
            session.removeAttribute("SPRING_SECURITY_CONTEXT");
            session.changeSessionId();
            run(sessions.save(session));

            fails(all.save(slow), IllegalStateException.class, "Session was invalidated");
            assertThat(store.read(session).getAttributeNames()).isEmpty();
            assertThat(get(sessions.findByPrincipalName("ada"))).isEmpty();
        }
    }

    @Test
    void find_whatNoSessionCanBe_isEmptyWithoutStatement() {
        try (StatementCounter counter = StatementCounter.on(store.db)) {
            for (String id : List.of("", "a b", "a\0b", "\ud800", "é", "x".repeat(200_000))) {
                assertThat(find(sessions.findById(id))).isNull();
                run(sessions.deleteById(id));
            }
            counter.assertStatements(0);
        }
        assertThat(find(sessions.findById("'OR'1'='1"))).isNull();
    }

    @Test
    void inTransaction_savesTakePart() {
        SqliteSession session = get(sessions.createSession());
        session.setAttribute("a", "1");
        Mono<Void> work = store.db
                .inTransaction(tx -> sessions.save(session).then(Mono.<Void>error(new IllegalStateException("no"))))
                .then();
        assertThatThrownBy(() -> work.block(PATIENCE)).hasMessage("no");
        assertThat(store.count("SELECT count(*) FROM SPRING_SESSION")).isZero();
    }
}
