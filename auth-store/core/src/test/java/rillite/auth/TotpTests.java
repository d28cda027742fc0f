package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rillite.auth.Totp.Enrolment;
import rillite.core.testing.Await;

final class TotpTests extends StoreTests {

    private static final CodeResult OK = new CodeResult.Ok();
    private static final CodeResult REJECTED = new CodeResult.Rejected();

    private UserId ada = UserId.of("none");
    private Authenticator phone = Authenticator.mint();

    @BeforeEach
    void enrol() {
        ada = store.user("ada@example.org");
        phone = Authenticator.of(get(auth.totp().begin(ada)).secret().expose());
    }

    private String code(int steps) {
        return phone.code(store.clock.millis() / 30_000 + steps);
    }

    private void confirmed() {
        assertThat(get(auth.totp().confirm(ada, code(0)))).isTrue();
        store.clock.move(Duration.ofMinutes(5));
    }

    private CodeResult verify(String code) {
        return get(auth.totp().verify(ada, code));
    }

    @Test
    void authenticator_makesTheCodesOfTheStandard() {
        // RFC 6238, appendix B: the last six of eight digits
        Authenticator standard =
                Authenticator.of(Base32.encode("12345678901234567890".getBytes(StandardCharsets.UTF_8)));

        assertThat(standard.code(59 / 30)).isEqualTo("287082");
        assertThat(standard.code(1_111_111_109L / 30)).isEqualTo("081804");
        assertThat(standard.code(20_000_000_000L / 30)).isEqualTo("353130");
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.UTF_8))).isEqualTo("MZXW6YTBOI");
        assertThat(Base32.decode("MZXW6YTBOI")).isEqualTo("foobar".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void begin_givesWhatAuthenticatorsScan() {
        Enrolment enrolment = get(auth.totp().begin(ada));

        assertThat(enrolment.secret().expose()).matches("[A-Z2-7]{32}");
        assertThat(enrolment.uri().expose())
                .isEqualTo("otpauth://totp/Rillite%3Aada%40example.org?secret="
                        + enrolment.secret().expose() + "&issuer=Rillite&algorithm=SHA1&digits=6&period=30");
        assertThat(enrolment.toString()).doesNotContain(enrolment.secret().expose());
        fails(auth.totp().begin(UserId.of("nobody")), UnknownUserException.class);
    }

    @Test
    void confirm_turnsItOn_andEndsSessions() {
        IssuedSession here = store.session(ada);
        IssuedSession there = store.session(ada);
        assertThat(verify(code(0))).as("not confirmed yet").isEqualTo(REJECTED);
        assertThat(get(auth.totp().confirm(ada, "000000x"))).isFalse();
        assertThat(get(auth.totp().isOn(ada))).isFalse();

        assertThat(get(auth.totp().confirm(ada, code(0), here.id()))).isTrue();

        assertThat(get(auth.totp().isOn(ada))).isTrue();
        assertThat(find(auth.sessions().authenticate(here.token().expose()))).isNotNull();
        assertThat(find(auth.sessions().authenticate(there.token().expose()))).isNull();
        assertThat(verify(code(0))).as("its code is used").isEqualTo(REJECTED);
        assertThat(get(auth.totp().confirm(ada, code(1)))).as("again").isFalse();
        fails(auth.totp().begin(ada), FactorException.class, "remove");
    }

    @Test
    void verify_takesEachCodeOnce_oneStepEarlyOrLate() {
        confirmed();

        assertThat(verify(code(-2))).isEqualTo(REJECTED);
        assertThat(verify(code(2))).isEqualTo(REJECTED);
        assertThat(verify(code(-1))).isEqualTo(OK);
        assertThat(verify(code(-1))).isEqualTo(REJECTED);
        assertThat(verify(code(1))).isEqualTo(OK);
        assertThat(verify(code(0))).as("older than the last one").isEqualTo(REJECTED);
        assertThat(verify("")).isEqualTo(REJECTED);
        assertThat(verify("9".repeat(10_000))).isEqualTo(REJECTED);
    }

    @Test
    void verify_atOnce_oneWins() throws Exception {
        confirmed();
        String code = code(0);

        assertThat(Await.race(8, i -> verify(code))).filteredOn(OK::equals).hasSize(1);
    }

    @Test
    void verify_tenFailures_lock() {
        confirmed();
        for (int i = 0; i < 10; i++) {
            assertThat(verify("wrong")).isEqualTo(REJECTED);
        }
        assertThat(verify(code(0)))
                .isEqualTo(new CodeResult.Locked(store.clock.instant().plus(Duration.ofMinutes(15))));
        store.clock.move(Duration.ofMinutes(15));
        assertThat(verify(code(0))).isEqualTo(OK);
    }

    @Test
    void backupCodes_workOnceEach_andAreHashed() {
        fails(auth.totp().newBackupCodes(ada), FactorException.class, "no confirmed");
        confirmed();
        List<Secret> old = get(auth.totp().newBackupCodes(ada));
        List<Secret> codes = get(auth.totp().newBackupCodes(ada));

        assertThat(codes).hasSize(10).allMatch(code -> code.expose().matches("[A-Z2-7]{5}-[A-Z2-7]{5}"));
        assertThat(get(auth.totp().useBackupCode(ada, old.get(0).expose()))).isEqualTo(REJECTED);
        assertThat(get(auth.totp().useBackupCode(ada, codes.get(0).expose()))).isEqualTo(OK);
        assertThat(get(auth.totp().useBackupCode(ada, codes.get(0).expose()))).isEqualTo(REJECTED);
        assertThat(get(auth.totp()
                        .useBackupCode(ada, codes.get(1).expose().toLowerCase().replace("-", " "))))
                .isEqualTo(OK);
        assertThat(get(auth.totp()
                        .useBackupCode(
                                store.user("grace@example.org"), codes.get(2).expose())))
                .as("of somebody else")
                .isEqualTo(REJECTED);
        assertThat(store.count("SELECT count(*) FROM auth_backup_code WHERE length(code_hash) = 32"))
                .isEqualTo(8);
    }

    @Test
    void backupCode_atOnce_oneWins() throws Exception {
        confirmed();
        String code = get(auth.totp().newBackupCodes(ada)).get(0).expose();

        assertThat(Await.race(8, i -> get(auth.totp().useBackupCode(ada, code))))
                .filteredOn(OK::equals)
                .hasSize(1);
    }

    @Test
    void remove_takesCodesToo() {
        confirmed();
        get(auth.totp().newBackupCodes(ada));

        assertThat(get(auth.totp().remove(ada, null))).isTrue();
        assertThat(get(auth.totp().remove(ada, null))).isFalse();
        assertThat(store.count("SELECT count(*) FROM auth_backup_code")).isZero();
        assertThat(get(auth.totp().begin(ada)).secret()).isNotNull();
    }

    @Test
    void store_withoutKey_saysWhatToDo() {
        fails(AuthStore.on(store.db).totp().begin(ada), EncryptionException.class, "AuthOptions.encryptionKey");
    }

    @Test
    void secondStep_givesASessionOfLevelTwo_thatDiesWithAnyChange() {
        run(auth.passwords().set(ada, "correct horse"));
        confirmed();
        PasswordResult.Ok first = (PasswordResult.Ok) get(auth.passwords().verify("ada@example.org", "correct horse"));
        assertThat(first.level()).isEqualTo(1);

        assertThat(get(auth.totp().verify(first, "000000x"))).isEqualTo(new PasswordResult.Rejected());
        PasswordResult.Ok second = (PasswordResult.Ok) get(auth.totp().verify(first, code(0)));
        IssuedSession session = get(auth.sessions().create(second, SessionRequest.none()));

        assertThat(get(auth.sessions().authenticate(session.token().expose())).level())
                .isEqualTo(2);
        String backup = get(auth.totp().newBackupCodes(ada)).get(0).expose();
        PasswordResult.Ok byBackup = (PasswordResult.Ok) get(auth.totp().useBackupCode(first, backup));
        assertThat(byBackup.level()).isEqualTo(2);
        assertThat(get(auth.totp().useBackupCode(first, backup))).isEqualTo(new PasswordResult.Rejected());

        get(auth.sessions().revokeAll(ada));
        fails(auth.sessions().create(second, SessionRequest.none()), WrongPasswordException.class, "Sign in again");
        fails(auth.sessions().create(byBackup, SessionRequest.none()), WrongPasswordException.class, "Sign in again");
    }
}
