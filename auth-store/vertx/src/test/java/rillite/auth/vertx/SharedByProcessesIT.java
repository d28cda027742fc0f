package rillite.auth.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.get;

import io.vertx.ext.web.Session;
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
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.LeakFree;

/** One file for the sessions of two processes: what one of them may do to the other is what two requests may. */
@ExtendWith(LeakFree.class)
final class SharedByProcessesIT {

    private static final int ROUNDS = 20;
    private static final int KILLS = 2;
    private static final Pattern TOLD = Pattern.compile("(\\w+) ([0-9a-f]{64})");

    /** What {@code forEver} leaves of a session, whenever it ends. */
    private static final Map<String, List<String>> WHOLE =
            Map.of("first", List.of("a=1", "b=1"), "second", List.of("a=2", "b=2"), "third", List.of("a=3", "b=3"));

    @TempDir
    Path directory = Path.of("");

    private StoreProcess here;
    private ChildJvm there;

    @BeforeEach
    void open() {
        here = new StoreProcess(file());
        there = child();
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
        return ChildJvm.serving(StoreProcess.class, file().toString());
    }

    private List<String> here(String line) throws Exception {
        return here.answer(line);
    }

    private List<String> both(String atHere, String atThere) {
        return there.askWhile(atThere, () -> here.answer(atHere));
    }

    private List<String> both(String line) {
        return both(line, line);
    }

    private long rows() {
        return get(here.db
                .sql("SELECT count(*) FROM auth_web_session")
                .values()
                .flat(Long.class)
                .get());
    }

    @Test
    void sessions_ofEither_areFoundChangedAndEndedByTheOther() throws Exception {
        String ours = here("create 1").get(0);
        String theirs = there.ask("create 2").get(0);
        assertThat(there.ask("get " + ours)).containsExactly("n=1");
        assertThat(here("get " + theirs)).containsExactly("n=2");

        there.ask("hold " + ours);
        assertThat(there.ask("set 3")).containsExactly("put");
        assertThat(here("get " + ours)).containsExactly("n=3");

        here("delete " + theirs);
        assertThat(there.ask("get " + theirs)).isEmpty();
        assertThat(both("size")).containsExactly("1", "1");
        there.ask("clear");
        assertThat(both("get " + ours)).isEmpty();
        assertThat(both("size")).containsExactly("0", "0");
    }

    @Test
    void stalePut_isRefused_andTheWinnerOfTheOtherStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = here("create 0").get(0);
            both("hold " + id);
            assertThat(there.ask("set 1")).containsExactly("put");
            assertThat(here("set 2")).containsExactly("refused");
            assertThat(here("get " + id)).containsExactly("n=1");

            both("hold " + id);
            assertThat(both("set 3", "set 4")).containsExactlyInAnyOrder("put", "refused");
        }
    }

    @Test
    void changesOfBoth_againUntilTheyAreFirst_areAllThere() throws Exception {
        String id = here("create 0").get(0);

        assertThat(both("count " + id + " 6")).hasSize(16).containsOnly("counted");

        assertThat(both("get " + id)).containsExactly("n=96", "n=96");
    }

    @Test
    void sessionsThatEitherEnds_areGoneForTheNextGet_andNoPutBringsThemBack() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String id = here("create 1").get(0);
            both("hold " + id);
            if (round % 2 == 0) {
                here("delete " + id);
                assertThat(there.ask("get " + id)).as("round %d", round).isEmpty();
            } else {
                assertThat(whileAsked(id, "delete " + id)).as("round %d", round).isNull();
            }
            both("visit");
            assertThat(both("get " + id)).isEmpty();
            assertThat(both("set 2")).containsExactly("refused", "refused");
            assertThat(both("renew")).isEmpty();
        }
        for (int round = 0; round < ROUNDS; round++) {
            String id = here("create 1").get(0);
            there.ask("hold " + id);
            both("delete " + id, round % 2 == 0 ? "set 2" : "visit");
            assertThat(both("get " + id)).isEmpty();
        }
        assertThat(rows()).isZero();
    }

    /** The very next answer when the other process has done that, while many here ask for the session all the time. */
    private @Nullable Session whileAsked(String id, String line) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Disposable load = Flux.range(0, Integer.MAX_VALUE)
                .flatMap(i -> Mono.fromCompletionStage(() -> here.store.get(id).toCompletionStage()), 32)
                .subscribe(session -> {}, failure::set);
        there.ask(line);
        Session next = Fixture.await(here.store.get(id));
        load.dispose();
        assertThat(failure.get()).isNull();
        return next;
    }

    @Test
    void newId_givenByEither_endsTheOldForTheOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String old = here("create 1").get(0);
            both("hold " + old);

            List<String> next = both("renew");

            assertThat(next).as("two at once have one winner").hasSize(1);
            assertThat(both("get " + old)).isEmpty();
            assertThat(both("get " + next.get(0))).containsExactly("n=1", "n=1");
            there.ask("hold " + next.get(0));
            String third = there.ask("renew").get(0);
            assertThat(here("get " + next.get(0))).isEmpty();
            assertThat(here("get " + third)).containsExactly("n=1");
        }
        assertThat(rows()).isEqualTo(ROUNDS);
    }

    @Test
    void endedSessions_sweptByBothAtOnce_go_andTheLivingStay() throws Exception {
        String ours = here("create 1").get(0);
        String theirs = there.ask("create 2").get(0);
        get(here.db
                .sql("INSERT INTO auth_web_session WITH RECURSIVE n(v) AS"
                        + " (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 3000)"
                        + " SELECT randomblob(32), x'00000000', 1, 1, 2, 0 FROM n")
                .execute());

        await().atMost(PATIENCE).until(() -> rows() == 2);

        assertThat(both("get " + ours)).containsExactly("n=1", "n=1");
        assertThat(both("get " + theirs)).containsExactly("n=2", "n=2");
    }

    @Test
    void processKilledAmidItsPuts_leavesWholeSessions_andTheOtherGoesOn() throws Exception {
        Queue<String> ours = new ConcurrentLinkedQueue<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Disposable load = Flux.range(0, Integer.MAX_VALUE)
                .concatMap(i -> {
                    Session session = here.store.createSession(1_800_000).put("n", 7);
                    return Mono.fromCompletionStage(() ->
                            here.store.put(session).map(done -> session.id()).toCompletionStage());
                })
                .subscribe(ours::add, failure::set);
        Map<String, String> told = new LinkedHashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            for (String line : there.killAmid("forEver", 150 + 37 * kill)) {
                Matcher matcher = TOLD.matcher(line);
                if (matcher.matches()) {
                    told.put(matcher.group(2), matcher.group(1));
                }
            }
            there = child();
            ours.add(here("create 7").get(0));
        }
        load.dispose();

        assertThat(failure.get()).isNull();
        assertThat(get(here.db
                        .sql("PRAGMA integrity_check")
                        .values()
                        .flat(String.class)
                        .get()))
                .isEqualTo("ok");
        for (Map.Entry<String, String> one : told.entrySet()) {
            List<String> found = there.ask("get " + one.getKey());
            assertThat(here("get " + one.getKey())).isEqualTo(found);
            String last = one.getValue();
            switch (last) {
                case "first" -> assertThat(found).isIn(WHOLE.get("first"), WHOLE.get("second"));
                case "second", "third" -> assertThat(found).isEqualTo(WHOLE.get(last));
                case "ending" -> assertThat(found).isIn(WHOLE.get("second"), List.of());
                default -> assertThat(found).as(last).isEmpty();
            }
        }
        for (String id : ours) {
            assertThat(here("get " + id)).containsExactly("n=7");
        }
    }
}
