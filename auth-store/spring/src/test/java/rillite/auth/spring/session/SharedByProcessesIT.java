package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.session.Session;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.LeakFree;

/** One file for the sessions of two processes. */
@ExtendWith(LeakFree.class)
final class SharedByProcessesIT {

    private static final int ROUNDS = 20;
    private static final int KILLS = 2;
    private static final String GONE = "Session was invalidated";

    /** What {@code forEver} leaves of a session, whenever it ends. */
    private static final Map<String, List<String>> WHOLE = Map.of(
            "first", List.of("once=first", "x=first", "y=first", "z=first"),
            "second", List.of("x=second", "y=second", "z=second"),
            "third", List.of("once=third", "x=third", "y=third", "z=third"));

    private static final Pattern TOLD = Pattern.compile("(\\w+) ([A-Za-z0-9_-]{43})");

    @TempDir
    Path directory = Path.of("");

    private SessionProcess here;
    private ChildJvm there;

    @BeforeEach
    void open() {
        here = new SessionProcess(file());
        there = child();
        assertThat(both("migrate", "migrate"))
                .as("made by two at once")
                .hasSize(5)
                .doesNotHaveDuplicates();
    }

    @AfterEach
    void close() {
        there.close();
        here.close();
    }

    private Path file() {
        return directory.resolve("sessions.db");
    }

    private ChildJvm child() {
        return ChildJvm.serving(SessionProcess.class, file().toString());
    }

    private List<String> here(String line) throws Exception {
        return here.answer(line);
    }

    private List<String> both(String atHere, String atThere) {
        return there.askWhile(atThere, () -> here.answer(atHere));
    }

    private long count(String sql) {
        return get(here.db.sql(sql).values().flat(Long.class).get());
    }

    private void assertSound() {
        assertThat(get(here.db
                        .sql("PRAGMA integrity_check")
                        .values()
                        .flat(String.class)
                        .get()))
                .isEqualTo("ok");
        assertThat(count("SELECT count(*) FROM SPRING_SESSION_ATTRIBUTES"
                        + " WHERE SESSION_PRIMARY_ID NOT IN (SELECT PRIMARY_ID FROM SPRING_SESSION)"))
                .as("attributes without a session")
                .isZero();
    }

    @Test
    void sessions_ofEither_areFoundByTheOther_byIdAndByPrincipal() throws Exception {
        String ours = here("create ada cart tea").get(0);
        String theirs = there.ask("create ada cart milk").get(0);
        String grace = there.ask("create grace cart rum").get(0);

        assertThat(there.ask("find " + ours)).containsExactly("cart=tea");
        assertThat(here("find " + theirs)).containsExactly("cart=milk");
        assertThat(both("ofPrincipal ada", "ofPrincipal ada")).containsExactlyInAnyOrder(ours, theirs, ours, theirs);
        assertThat(both("ofPrincipal grace", "ofPrincipal grace")).containsExactly(grace, grace);

        there.ask("delete " + theirs);
        assertThat(here("ofPrincipal ada")).containsExactly(ours);
        here("delete " + ours);
        assertThat(there.ask("ofPrincipal ada")).isEmpty();
    }

    @Test
    void sessions_deletedByEither_areGoneForTheNextFind_andStayGone() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = here("create ada cart tea").get(0);
            assertThat(both("hold " + id, "hold " + id)).isEmpty();
            if (round % 2 == 0) {
                here("delete " + id);
                assertThat(there.ask("find " + id)).as("round %d", round).isEmpty();
            } else {
                assertThat(whileAsked(id, "delete " + id)).as("round %d", round).isNull();
            }
            assertThat(both("set cart milk", "set cart milk")).containsExactly(GONE, GONE);
        }
        for (int round = 0; round < ROUNDS; round++) {
            String id = here("create ada cart tea").get(0);
            there.ask("hold " + id);
            both("delete " + id, "set cart milk");
        }
        assertThat(count("SELECT count(*) FROM SPRING_SESSION")).isZero();
        assertSound();
    }

    /** The very next answer when the other process has done that, while many here ask for the session all the time. */
    private @Nullable Session whileAsked(String id, String line) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Disposable load = Flux.range(0, Integer.MAX_VALUE)
                .flatMap(i -> here.sessions.findById(id), 32)
                .subscribe(session -> {}, failure::set);
        there.ask(line);
        Session next = find(here.sessions.findById(id));
        load.dispose();
        assertThat(failure.get()).isNull();
        return next;
    }

    @Test
    void newId_givenByEither_endsTheOldForTheOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String old = here("create ada cart tea").get(0);
            both("hold " + old, "hold " + old);

            List<String> next = both("rename", "rename");

            assertThat(next).as("two at once have one winner").hasSize(1);
            assertThat(both("find " + old, "find " + old)).isEmpty();
            assertThat(both("find " + next.get(0), "find " + next.get(0))).containsExactly("cart=tea", "cart=tea");
            there.ask("hold " + next.get(0));
            String third = there.ask("rename").get(0);
            assertThat(here("find " + next.get(0))).isEmpty();
            assertThat(here("find " + third)).containsExactly("cart=tea");
        }
        assertThat(count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(ROUNDS);
        assertSound();
    }

    @Test
    void savesOfBoth_keepEachAttribute_theLastOfOne_andAreNeverSeenTorn() throws Exception {
        String id = here("create ada cart tea").get(0);
        both("hold " + id, "hold " + id);
        assertThat(there.ask("set theirs 1")).containsExactly("saved");
        assertThat(here("set ours 2")).containsExactly("saved");
        assertThat(here("set cart milk")).containsExactly("saved");
        assertThat(there.ask("set cart rum")).containsExactly("saved");
        assertThat(here("find " + id)).containsExactly("cart=rum", "ours=2", "theirs=1");

        String busy = here("create ada cart tea").get(0);
        assertThat(both("write " + busy + " ours 80", "write " + busy + " theirs 80"))
                .as("seen torn")
                .isEmpty();

        Session session = get(here.sessions.findById(busy));
        for (int i = 0; i < 80; i++) {
            assertThat(session.<String>getAttribute("ours" + i)).isEqualTo("ours" + i);
            assertThat(session.<String>getAttribute("theirs" + i)).isEqualTo("theirs" + i);
        }
        assertThat(SessionProcess.TOGETHER.stream().map(session::<String>getAttribute))
                .doesNotContainNull()
                .containsOnly(session.<String>getAttribute("x"));
        assertSound();
    }

    @Test
    void endedSessions_sweptByBothAtOnce_areCountedOnce_andTheLivingStay() throws Exception {
        String ours = here("create ada cart tea").get(0);
        String theirs = there.ask("create ada cart milk").get(0);
        String numbers = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 2000) ";
        get(here.db
                .sql("INSERT INTO SPRING_SESSION " + numbers
                        + "SELECT 'ended-' || v, 'id-' || v, 1, 1, 1800, 1800001, 'ada' FROM n")
                .execute());
        get(here.db
                .sql("INSERT INTO SPRING_SESSION_ATTRIBUTES " + numbers + "SELECT 'ended-' || v, 'a', x'22' FROM n")
                .execute());

        List<String> swept = both("purge", "purge");

        assertThat(swept.stream().mapToLong(Long::parseLong).sum()).isEqualTo(2000);
        assertThat(here("ofPrincipal ada")).containsExactlyInAnyOrder(ours, theirs);
        assertThat(count("SELECT count(*) FROM SPRING_SESSION")).isEqualTo(2);
        assertSound();
    }

    @Test
    void processKilledAmidItsSaves_leavesWholeSessions_andTheOtherGoesOn() throws Exception {
        Queue<String> ours = new ConcurrentLinkedQueue<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Disposable load = Flux.range(0, Integer.MAX_VALUE)
                .concatMap(i -> here.sessions
                        .createSession()
                        .doOnNext(session -> session.setAttribute(SessionProcess.PRINCIPAL, "grace"))
                        .doOnNext(session -> session.setAttribute("cart", "tea"))
                        .delayUntil(here.sessions::save))
                .subscribe(session -> ours.add(session.getId()), failure::set);
        Map<String, String> told = new LinkedHashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            for (String line : there.killAmid("forEver", 150 + 37 * kill)) {
                Matcher matcher = TOLD.matcher(line);
                if (matcher.matches()) {
                    told.put(matcher.group(2), matcher.group(1));
                }
            }
            there = child();
            ours.add(here("create grace cart tea").get(0));
        }
        load.dispose();

        assertThat(failure.get()).isNull();
        assertSound();
        for (Map.Entry<String, String> one : told.entrySet()) {
            List<String> found = here("find " + one.getKey());
            String last = one.getValue();
            switch (last) {
                case "first" -> assertThat(found).isIn(WHOLE.get("first"), WHOLE.get("second"));
                case "second", "third" -> assertThat(found).isEqualTo(WHOLE.get(last));
                case "ending" -> assertThat(found).isIn(WHOLE.get("second"), List.of());
                default -> assertThat(found).as(last).isEmpty();
            }
        }
        assertThat(there.ask("ofPrincipal grace")).containsAll(ours);
        for (String id : get(here.db
                .sql("SELECT SESSION_ID FROM SPRING_SESSION")
                .values()
                .flat(String.class)
                .flux()
                .collectList())) {
            assertThat(here("find " + id))
                    .as("not a session without attributes, nor half of it")
                    .matches(found -> WHOLE.containsValue(found) || found.equals(List.of("cart=tea")));
        }
    }
}
