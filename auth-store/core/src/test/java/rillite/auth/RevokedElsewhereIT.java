package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.r2dbc.testing.ChildJvm;
import rillite.r2dbc.testing.LeakFree;

/**
 * Sessions that this process remembers, and keeps asking for, while another process ends and changes them: what was committed
 * when the other was answered holds for the very next request.
 */
@ExtendWith(LeakFree.class)
final class RevokedElsewhereIT {

    private static final int ROUNDS = 8;
    private static final int CALLERS = 32;

    @TempDir
    Path directory = Path.of("");

    private Database db;
    private AuthStore auth;
    private ChildJvm other;
    private int users;

    @BeforeEach
    void open() {
        Path file = directory.resolve("auth.db");
        db = get(Database.open(file));
        auth = AuthStore.on(db, SecondProcess.options());
        run(auth.migrate());
        other = ChildJvm.serving(Administrator.class, file.toString());
    }

    @AfterEach
    void close() {
        other.close();
        run(db.close());
    }

    /** A session of a user of its own, as it was looked up and is remembered. */
    private record Remembered(String token, ActiveSession session, ActiveSession another) {

        String in(String verb) {
            return String.join(
                    " ",
                    verb,
                    session.user().id().value(),
                    session.id().value(),
                    token,
                    another.id().value());
        }
    }

    private Remembered remembered() {
        UserId ada = get(auth.users().create(NewUser.of("ada" + users++ + "@example.org")))
                .id();
        run(auth.roles().grant(ada, Administrator.ROLE));
        String token = signedIn(ada);
        ActiveSession another = get(auth.sessions().authenticate(signedIn(ada)));
        ActiveSession session = get(auth.sessions().authenticate(token));
        assertThat(get(auth.sessions().authenticate(token))).isSameAs(session);
        return new Remembered(token, session, another);
    }

    private String signedIn(UserId user) {
        return get(auth.sessions().create(user, SessionRequest.none())).token().expose();
    }

    /** The very next answer when the other process has done that, with and without others who ask all the time. */
    private @Nullable ActiveSession after(Remembered one, String verb, boolean busy) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Disposable load = !busy
                ? () -> {}
                : Flux.range(0, Integer.MAX_VALUE)
                        .flatMap(i -> auth.sessions().authenticate(one.token()).hasElement(), CALLERS)
                        .subscribe(alive -> {}, failure::set);
        other.ask(one.in(verb));
        ActiveSession next = find(auth.sessions().authenticate(one.token()));
        load.dispose();
        assertThat(failure.get()).isNull();
        return next;
    }

    private void ends(String verb) {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(after(remembered(), verb, round % 2 == 0))
                    .as("%s, round %d", verb, round)
                    .isNull();
        }
    }

    private ActiveSession changed(String verb, int round) {
        Remembered one = remembered();
        ActiveSession next = after(one, verb, round % 2 == 0);
        assertThat(next).as("%s, round %d", verb, round).isNotNull();
        assertThat(next.id()).isEqualTo(one.session().id());
        return next;
    }

    @Test
    void sessions_revokedElsewhere_areDeadAtOnce() {
        ends("revoke");
        ends("revokeOfUser");
        ends("revokeToken");
        ends("revokeOthers");
        ends("revokeAll");
        ends("rotate");
    }

    @Test
    void sessions_ofUsersChangedElsewhere_areDeadAtOnce() {
        ends("disable");
        ends("delete");
        ends("setPassword");
        ends("changeAddress");
    }

    @Test
    void roles_changedElsewhere_countAtOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(changed("grant", round).roles()).isEqualTo(Set.of(Administrator.ROLE, "admin"));
            assertThat(changed("takeRole", round).roles()).isEmpty();
            assertThat(changed("rename", round).user().name()).isEqualTo("Countess");
        }
    }

    @Test
    void othersWhoSignInElsewhere_leaveWhatIsRemembered() {
        Remembered one = remembered();

        assertThat(after(one, "signIn", false)).isSameAs(one.session());
    }

    @Test
    void manySessions_allRevokedElsewhere_areDeadAtOnce() {
        Remembered one = remembered();
        var tokens = Flux.range(0, 200)
                .flatMap(i -> auth.sessions().create(one.session().user().id(), SessionRequest.none()))
                .map(issued -> issued.token().expose())
                .collectList()
                .flatMap(all -> alive(all).thenReturn(all));
        var all = get(tokens);
        assertThat(get(alive(all))).isEqualTo(all.size());

        other.ask(one.in("revokeAll"));

        assertThat(get(alive(all))).isZero();
    }

    private Mono<Long> alive(Iterable<String> tokens) {
        return Flux.fromIterable(tokens).flatMap(auth.sessions()::authenticate).count();
    }
}
