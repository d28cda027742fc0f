package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import rillite.core.testing.Await;
import rillite.core.testing.MovingClock;

final class CodesTests extends StoreTests {

    private static final Purpose LOGIN = Purpose.of("login");
    private static final String ADA = "ada@example.org";
    private static final CodeResult OK = new CodeResult.Ok();
    private static final CodeResult REJECTED = new CodeResult.Rejected();

    private String issue() {
        return get(auth.codes().issue(LOGIN, ADA, Duration.ofMinutes(10)))
                .token()
                .expose();
    }

    private CodeResult use(String code) {
        return get(auth.codes().use(LOGIN, ADA, code));
    }

    private static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    @Test
    void use_rightCode_once() {
        String code = issue();

        assertThat(code).matches("[0-9]{6}");
        assertThat(use(wrong(code))).isEqualTo(REJECTED);
        assertThat(use(code.substring(0, 3) + " " + code.substring(3))).isEqualTo(OK);
        assertThat(use(code)).isEqualTo(REJECTED);
        assertThat(use("")).isEqualTo(REJECTED);
        assertThat(use("1".repeat(10_000))).isEqualTo(REJECTED);
    }

    @Test
    void use_forAnotherPurposeOrSubject_isRejected() {
        String code = issue();

        assertThat(get(auth.codes().use(Purpose.of("delete"), ADA, code))).isEqualTo(REJECTED);
        assertThat(get(auth.codes().use(LOGIN, "grace@example.org", code))).isEqualTo(REJECTED);
        assertThat(use(code)).isEqualTo(OK);
    }

    @Test
    void use_atItsEnd_isRejected() {
        String code = issue();
        store.clock.move(Duration.ofMinutes(10));

        assertThat(use(code)).isEqualTo(REJECTED);
    }

    @Test
    void issue_again_replaces_butDoesNotForgetFailures() {
        String old = issue();
        String young = issue();
        if (!old.equals(young)) {
            assertThat(use(old)).isEqualTo(REJECTED);
        }
        for (int i = 0; i < 10; i++) {
            use(wrong(young));
        }
        assertThat(use(issue())).isEqualTo(new CodeResult.Locked(MovingClock.START.plus(Duration.ofMinutes(15))));
    }

    @Test
    void use_atOnce_oneWins() throws Exception {
        String code = issue();

        assertThat(Await.race(8, i -> use(code))).filteredOn(OK::equals).hasSize(1);
        assertThat(store.count("SELECT count(*) FROM auth_token")).isZero();
    }

    @Test
    void issue_outOfBounds_isRefused() {
        assertThatThrownBy(() -> auth.codes().issue(LOGIN, ADA, Duration.ofMinutes(11)))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("PT11M");
        fails(
                AuthStore.on(store.db).codes().issue(LOGIN, ADA, Duration.ofMinutes(1)),
                EncryptionException.class,
                "encryptionKey");
    }
}
