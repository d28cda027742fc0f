package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.race;
import static rillite.core.testing.Await.run;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.PasswordResult.Locked;
import rillite.auth.PasswordResult.Ok;
import rillite.auth.PasswordResult.Rejected;

/** What locks, and what a lock tells to who guesses. */
final class LockoutTests extends StoreTests {

    private static final String MAIL = "ada@example.org";
    private static final String GOOD = "correct horse";

    private UserId ada = UserId.of("none");

    @BeforeEach
    void user() {
        ada = store.user(MAIL);
        run(auth.passwords().set(ada, GOOD));
    }

    private void sql(String text) {
        run(store.db.sql(text).execute());
    }

    private void lock(String key) {
        sql("INSERT INTO auth_throttle (key, window_start, hits, locked_until) VALUES ('" + key + "', "
                + store.clock.millis() + ", 10, "
                + store.clock.instant().plusSeconds(60).toEpochMilli() + ")");
    }

    @Test
    void settled_behindTheLock_rightLooksLikeWrong() {
        String key = Throttle.loginKey(MAIL, MAIL);
        Failures failures = new Failures(new Store(store.db, Fixture.options(store.clock)), key);
        lock(key);

        assertThat(get(failures.settled(true))).isFalse();
        long afterRight = store.count("SELECT hits FROM auth_throttle");
        long lockedByRight = store.count("SELECT locked_until FROM auth_throttle");
        sql("DELETE FROM auth_throttle");
        lock(key);
        assertThat(get(failures.settled(false))).isFalse();

        assertThat(store.count("SELECT hits FROM auth_throttle")).isEqualTo(afterRight);
        assertThat(store.count("SELECT locked_until FROM auth_throttle")).isEqualTo(lockedByRight);
    }

    @Test
    void verify_burstOfGuesses_noneWinsBehindTheLastThatIsPermitted() throws Exception {
        for (int i = 0; i < 9; i++) {
            assertThat(get(auth.passwords().verify(MAIL, "wrong password"))).isEqualTo(new Rejected());
        }
        List<PasswordResult> results =
                race(32, i -> get(auth.passwords().verify(MAIL, i % 8 == 7 ? GOOD : "guess number " + i)));

        assertThat(results)
                .allMatch(result -> result instanceof Ok || result instanceof Rejected || result instanceof Locked);
        boolean won = results.stream().anyMatch(Ok.class::isInstance);
        long failed = store.count("SELECT ifnull(max(hits), 0) FROM auth_throttle");
        // A right one that came before the tenth failure forgets them; behind it none is taken.
        assertThat(won || failed >= 10).isTrue();
    }

    @Test
    void verify_whereNothingCanBeWritten_isAnError_rightOrWrong() {
        sql("CREATE TRIGGER full BEFORE INSERT ON auth_throttle BEGIN SELECT RAISE(ABORT, 'disk is full'); END");

        fails(auth.passwords().verify(MAIL, GOOD), R2dbcException.class, "disk is full");
        fails(auth.passwords().verify(MAIL, "wrong password"), R2dbcException.class, "disk is full");
        fails(auth.passwords().change(ada, GOOD, "another horse", null), R2dbcException.class, "disk is full");
        fails(auth.passwords().verify("nobody@example.org", GOOD), R2dbcException.class, "disk is full");
    }

    @Test
    void code_typedWhileLocked_isNotUsedUp() {
        Authenticator phone =
                Authenticator.of(get(auth.totp().begin(ada)).secret().expose());
        assertThat(get(auth.totp().confirm(ada, phone.code(store.clock.millis() / 30_000))))
                .isTrue();
        store.clock.move(Duration.ofMinutes(5));
        String code = phone.code(store.clock.millis() / 30_000);
        String backup = get(auth.totp().newBackupCodes(ada)).get(0).expose();
        String sent = get(auth.codes().issue(Purpose.of("login"), MAIL, Duration.ofMinutes(10)))
                .token()
                .expose();
        for (int i = 0; i < 10; i++) {
            get(auth.totp().verify(ada, "wrong"));
            get(auth.codes().use(Purpose.of("login"), MAIL, "wrong"));
        }

        assertThat(get(auth.totp().verify(ada, code))).isInstanceOf(CodeResult.Locked.class);
        assertThat(get(auth.totp().useBackupCode(ada, backup))).isInstanceOf(CodeResult.Locked.class);
        assertThat(get(auth.codes().use(Purpose.of("login"), MAIL, sent))).isInstanceOf(CodeResult.Locked.class);

        sql("DELETE FROM auth_throttle");
        assertThat(get(auth.totp().verify(ada, code))).isEqualTo(new CodeResult.Ok());
        assertThat(get(auth.totp().useBackupCode(ada, backup))).isEqualTo(new CodeResult.Ok());
        assertThat(get(auth.codes().use(Purpose.of("login"), MAIL, sent))).isEqualTo(new CodeResult.Ok());
    }

    @Test
    void codes_burstOfGuesses_exactlyTenAreLookedAt() throws Exception {
        get(auth.codes().issue(Purpose.of("login"), MAIL, Duration.ofMinutes(10)));
        List<CodeResult> results = race(32, i -> get(auth.codes().use(Purpose.of("login"), MAIL, "wrong " + i)));

        assertThat(results).filteredOn(CodeResult.Rejected.class::isInstance).hasSize(10);
        assertThat(results).filteredOn(CodeResult.Locked.class::isInstance).hasSize(22);
    }

    @Test
    void code_whoseFailureCannotBeWritten_isAnError_andNotUsed() {
        String sent = get(auth.codes().issue(Purpose.of("login"), MAIL, Duration.ofMinutes(10)))
                .token()
                .expose();
        sql("CREATE TRIGGER full BEFORE INSERT ON auth_throttle BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
        sql("CREATE TRIGGER gone BEFORE DELETE ON auth_token BEGIN SELECT RAISE(ABORT, 'disk is full'); END");

        fails(auth.codes().use(Purpose.of("login"), MAIL, "wrong"), R2dbcException.class, "disk is full");
        fails(auth.codes().use(Purpose.of("login"), MAIL, sent), R2dbcException.class, "disk is full");
        sql("DROP TRIGGER gone");
        assertThat(get(auth.codes().use(Purpose.of("login"), MAIL, sent))).isEqualTo(new CodeResult.Ok());
    }

    @Test
    void change_underWayWhileTheLockCame_isRefusedLikeAWrongOne() {
        Failures failures = new Failures(new Store(store.db, Fixture.options(store.clock)), "password:" + ada.value());
        lock("password:" + ada.value());
        assertThat(get(failures.settled(true))).isFalse();

        fails(auth.passwords().change(ada, GOOD, "another horse", null), WrongPasswordException.class, "too often");
        assertThat(get(auth.passwords().verify(MAIL, GOOD))).isInstanceOf(Ok.class);
    }

    @Test
    void loginKey_ofWhatIsNoAddress_isSaltedForThisProcess() {
        get(auth.passwords().verify(GOOD, GOOD));
        get(auth.passwords().verify(MAIL, "wrong password"));

        assertThat(Throttle.loginKey(null, GOOD))
                .startsWith("other:")
                .isEqualTo(Throttle.loginKey(null, GOOD))
                .isNotEqualTo(Throttle.hashed("other", GOOD));
        assertThat(store.count("SELECT count(*) FROM auth_throttle WHERE key = ?", Throttle.loginKey(null, GOOD)))
                .isEqualTo(1);
        assertThat(store.count("SELECT count(*) FROM auth_throttle WHERE key = ?", Throttle.hashed("login", MAIL)))
                .isEqualTo(1);
    }

    @Test
    void hashing_insideAnyTransaction_isRefused() {
        fails(
                store.db.inTransaction(tx -> auth.passwords().set(ada, "another horse")),
                IllegalStateException.class,
                "outside");
        fails(
                store.db.inTransaction(tx -> auth.passwords().verify(MAIL, GOOD)),
                IllegalStateException.class,
                "outside");
        fails(
                auth.inTransaction(tx -> auth.passwords().change(ada, GOOD, "another horse", null)),
                IllegalStateException.class,
                "outside");
        assertThat(get(auth.passwords().verify(MAIL, GOOD))).isInstanceOf(Ok.class);
    }
}
