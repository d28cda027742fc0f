package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rillite.auth.Tokens.SupersedePolicy;
import rillite.core.testing.MovingClock;

final class TokensTests extends StoreTests {

    private static final Purpose INVITE = Purpose.of("invite");

    private String issue(String subject, Map<String, String> claims, SupersedePolicy policy) {
        return get(auth.tokens().issue(INVITE, subject, Duration.ofMinutes(10), claims, policy))
                .token()
                .expose();
    }

    @Test
    void consume_givesWhatWasPutIn_once() {
        Map<String, String> claims = Map.of("team", "\"red\" \\ \u0001 \uD83D\uDE00", "", "x,}");
        String token = issue("ada@example.org", claims, SupersedePolicy.REPLACE);

        assertThat(get(auth.tokens().peek(INVITE, token)).claims()).isEqualTo(claims);
        TokenInfo info = get(auth.tokens().consume(INVITE, token));
        assertThat(info.subject()).isEqualTo("ada@example.org");
        assertThat(info.claims()).isEqualTo(claims);
        assertThat(info.expiresAt()).isEqualTo(MovingClock.START.plus(Duration.ofMinutes(10)));
        assertThat(info.toString()).doesNotContain("red");
        assertThat(find(auth.tokens().consume(INVITE, token))).isNull();
        assertThat(find(auth.tokens().peek(INVITE, token))).isNull();
    }

    @Test
    void claims_areJsonThatSqlReads() {
        issue("a", Map.of("team", "\"red\" \uD83D\uDE00"), SupersedePolicy.KEEP);

        assertThat(get(store.db
                        .sql("SELECT claims ->> '$.team' FROM auth_token")
                        .values()
                        .flat(String.class)
                        .get()))
                .isEqualTo("\"red\" \uD83D\uDE00");
        for (String broken :
                new String[] {"", "{", "{\"a\"}", "{\"a\":1}", "{\"a\":\"b\"", "{\"a\":\"\\u12\"}", "{} "}) {
            assertThatThrownBy(() -> FlatJson.read(broken)).isInstanceOf(InvalidAuthValueException.class);
        }
    }

    @Test
    void consume_ofAnotherPurpose_leavesIt() {
        String token = issue("ada", Map.of(), SupersedePolicy.REPLACE);

        assertThat(find(auth.tokens().consume(Purpose.PASSWORD_RESET, token))).isNull();
        assertThat(find(auth.tokens().consume(INVITE, token))).isNotNull();
    }

    @Test
    void consume_atItsEnd_isEmpty() {
        String one = issue("ada", Map.of(), SupersedePolicy.KEEP);
        String two = issue("ada", Map.of(), SupersedePolicy.KEEP);

        store.clock.move(Duration.ofMinutes(10).minusMillis(1));
        assertThat(find(auth.tokens().consume(INVITE, one))).isNotNull();
        store.clock.move(Duration.ofMillis(1));
        assertThat(find(auth.tokens().peek(INVITE, two))).isNull();
        assertThat(find(auth.tokens().consume(INVITE, two))).isNull();
        store.clock.move(Duration.ofMillis(1));
        assertThat(find(auth.tokens().consume(INVITE, two))).isNull();
    }

    @Test
    void consume_garbage_isEmpty() {
        for (String garbage : new String[] {null, "", "x", "' OR 1=1 --", "\u0000", "\ud800", "y".repeat(200_000)}) {
            assertThat(find(auth.tokens().consume(INVITE, garbage))).isNull();
            assertThat(find(auth.tokens().peek(INVITE, garbage))).isNull();
        }
    }

    @Test
    void issue_replacing_endsOlderOnesOfTheSameSubject() {
        String old = issue("ada", Map.of(), SupersedePolicy.KEEP);
        String other = issue("grace", Map.of(), SupersedePolicy.KEEP);
        String young = issue("ada", Map.of(), SupersedePolicy.REPLACE);

        assertThat(find(auth.tokens().consume(INVITE, old))).isNull();
        assertThat(find(auth.tokens().consume(INVITE, other))).isNotNull();
        assertThat(find(auth.tokens().consume(INVITE, young))).isNotNull();
    }

    @Test
    void revoke_endsAllOfASubject() {
        String one = issue("ada", Map.of(), SupersedePolicy.KEEP);
        issue("ada", Map.of(), SupersedePolicy.KEEP);

        assertThat(get(auth.tokens().revoke(INVITE, "ada"))).isEqualTo(2);
        assertThat(get(auth.tokens().revoke(INVITE, "ada"))).isZero();
        assertThat(find(auth.tokens().consume(INVITE, one))).isNull();
    }

    @Test
    void issue_withoutLife_takesThatOfTheOptions() {
        assertThat(get(auth.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"))
                        .expiresAt())
                .isEqualTo(MovingClock.START.plus(Duration.ofMinutes(10)));
        assertThat(get(auth.tokens().issue(Purpose.PASSWORD_RESET, "ada")).expiresAt())
                .isEqualTo(MovingClock.START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void issue_outOfBounds_isRefusedAtOnce() {
        assertThatThrownBy(() -> auth.tokens().issue(INVITE, "a", Duration.ZERO, Map.of(), SupersedePolicy.KEEP))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> auth.tokens().issue(INVITE, "a\u0000"))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("subject");
    }
}
