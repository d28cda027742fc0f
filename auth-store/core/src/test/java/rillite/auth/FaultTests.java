package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** What fails between the steps of one operation: nothing of it stays, and nobody is let in. */
final class FaultTests extends StoreTests {

    private static final ExternalIdentity ADA = ExternalIdentity.of("github", "42")
            .email("ada@example.org", true)
            .tokens(OAuthTokens.of(Secret.of("access")));

    private long rows() {
        return store.count("SELECT (SELECT count(*) FROM auth_user) + (SELECT count(*) FROM auth_account)"
                + " + (SELECT count(*) FROM auth_session) + (SELECT count(*) FROM auth_audit)");
    }

    private void failAt(String event, String table) {
        run(store.db
                .sql("CREATE TRIGGER planted BEFORE " + event + " ON " + table
                        + " BEGIN SELECT RAISE(ABORT, 'planted'); END")
                .execute());
    }

    private Mono<SignIn> signIn() {
        return auth.accounts().signInOrRegister(ADA, LinkPolicy.REFUSE, SessionRequest.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth_user", "auth_account", "auth_audit", "auth_session"})
    void register_failingAtAnyStep_leavesNothing(String table) {
        failAt("INSERT", table);

        fails(signIn(), R2dbcException.class, "planted");
        assertThat(rows()).isZero();

        run(store.db.sql("DROP TRIGGER planted").execute());
        assertThat(get(signIn()).outcome()).isEqualTo(SignIn.Outcome.REGISTERED);
    }

    @Test
    void register_cancelled_leavesAllOrNothing() {
        for (int round = 0; round < 50; round++) {
            Disposable running = signIn().subscribe();
            if (round % 2 == 0) {
                Thread.yield();
            }
            running.dispose();
        }
        // One more statement behind all of them: by then each has ended.
        run(store.db.sql("INSERT INTO auth_role (name) VALUES ('end')").execute());
        long users = store.count("SELECT count(*) FROM auth_user");
        long accounts = store.count("SELECT count(*) FROM auth_account");
        long sessions = store.count("SELECT count(*) FROM auth_session");

        assertThat(users).isLessThanOrEqualTo(1).isEqualTo(accounts);
        assertThat(sessions == 0).isEqualTo(users == 0);
    }

    private Mono<User> signUp() {
        return auth.passwords().register(NewUser.of("ada@example.org"), "correct horse");
    }

    private long passwords() {
        return store.count("SELECT count(*) FROM auth_password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth_user", "auth_password", "auth_audit"})
    void signUp_failingAtAnyStep_leavesNothing(String table) {
        failAt("INSERT", table);

        fails(signUp(), R2dbcException.class, "planted");
        assertThat(rows() + passwords()).isZero();

        run(store.db.sql("DROP TRIGGER planted").execute());
        get(signUp());
        assertThat(get(auth.passwords().verify("ada@example.org", "correct horse")))
                .isInstanceOf(PasswordResult.Ok.class);
    }

    @Test
    void signUp_cancelled_leavesAUserWithAPasswordOrNone() {
        for (int round = 0; round < 50; round++) {
            Disposable running = signUp().subscribe();
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < round * 100_000L) {
                Thread.onSpinWait();
            }
            running.dispose();
        }
        // One more hash and one more statement behind all of them: by then each has ended.
        get(auth.passwords().register(NewUser.of("grace@example.org"), "correct horse"));

        assertThat(store.count("SELECT count(*) FROM auth_user"))
                .isBetween(1L, 2L)
                .isEqualTo(passwords());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE ON auth_user", "INSERT ON auth_audit", "INSERT ON auth_password"})
    void passwordReset_failingAtAnyStep_keepsTokenAndPassword(String step) {
        UserId ada = store.user("ada@example.org");
        IssuedSession session = store.session(ada);
        String token = get(auth.tokens().issue(Purpose.PASSWORD_RESET, ada.value()))
                .token()
                .expose();
        failAt(step.substring(0, 6), step.substring(10));

        fails(auth.passwords().resetWith(token, "new password"), R2dbcException.class, "planted");

        assertThat(store.count("SELECT count(*) FROM auth_password")).isZero();
        assertThat(find(auth.tokens().peek(Purpose.PASSWORD_RESET, token))).isNotNull();
        assertThat(find(auth.sessions().authenticate(session.token().expose()))).isNotNull();
    }

    @Test
    void touch_failing_doesNotFailTheRequest() {
        UserId ada = store.user("ada@example.org");
        String token = store.session(ada).token().expose();
        store.clock.move(Duration.ofMinutes(6));
        failAt("UPDATE", "auth_session");

        assertThat(get(auth.sessions().authenticate(token)).user().id()).isEqualTo(ada);
    }

    @Test
    void readOnlyFile_isAnError_neverASignIn() {
        UserId ada = store.user("ada@example.org");
        run(auth.passwords().set(ada, "correct horse"));
        String token = get(auth.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"))
                .token()
                .expose();
        Path copy = directory.resolve("copy.db");
        run(store.db.sql("VACUUM INTO '" + copy + "'").execute());
        Database frozen = get(Database.open(copy, DatabaseOptions.defaults().readOnly()));
        try {
            AuthStore reading = AuthStore.on(frozen, Fixture.options(store.clock));

            fails(reading.tokens().consume(Purpose.MAGIC_LINK, token), R2dbcException.class);
            fails(reading.sessions().create(ada, SessionRequest.none()), R2dbcException.class);
            fails(
                    reading.accounts()
                            .signInOrRegister(
                                    ADA.email("new@example.org", true), LinkPolicy.REFUSE, SessionRequest.none()),
                    R2dbcException.class);
            fails(reading.passwords().verify("ada@example.org", "wrong password"), R2dbcException.class);
        } finally {
            run(frozen.close());
        }
    }

    @Test
    void closedDatabase_isAnError_neverASignIn() {
        Database other = get(Database.open(directory.resolve("other.db")));
        AuthStore closed = AuthStore.on(other, Fixture.options(store.clock));
        run(closed.migrate());
        run(other.close());

        fails(closed.sessions().authenticate(RawToken.mint().expose()), R2dbcException.class);
        fails(closed.passwords().verify("ada@example.org", "correct horse"), R2dbcException.class);
    }
}
