package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Of any number that use one token at once, one gets it. */
final class TokenRaceTests extends StoreTests {

    private String token() {
        return get(auth.tokens().issue(Purpose.MAGIC_LINK, "ada@example.org"))
                .token()
                .expose();
    }

    @Test
    void consume_twoThreads_oneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            String token = token();

            assertThat(race(2, i -> find(auth.tokens().consume(Purpose.MAGIC_LINK, token)) != null))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void consume_hundredThreads_oneWins() throws Exception {
        String token = token();

        assertThat(race(100, i -> find(auth.tokens().consume(Purpose.MAGIC_LINK, token)) != null))
                .filteredOn(won -> won)
                .hasSize(1);
        assertThat(store.count("SELECT count(*) FROM auth_token")).isZero();
    }

    @Test
    void consume_hundredSubscriptions_oneWins() {
        String token = token();

        List<TokenInfo> won = get(Flux.range(0, 100)
                .flatMap(i -> auth.tokens().consume(Purpose.MAGIC_LINK, token), 100)
                .collectList());
        assertThat(won).hasSize(1);
    }

    @Test
    void consume_manyTokens_eachHasOneWinner() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            tokens.add(get(auth.tokens()
                            .issue(
                                    Purpose.MAGIC_LINK,
                                    "user " + i,
                                    Duration.ofMinutes(1),
                                    Map.of(),
                                    Tokens.SupersedePolicy.KEEP))
                    .token()
                    .expose());
        }
        List<List<String>> subjects = race(
                16,
                caller -> tokens.stream()
                        .map(token -> find(auth.tokens().consume(Purpose.MAGIC_LINK, token)))
                        .filter(Objects::nonNull)
                        .map(TokenInfo::subject)
                        .toList());

        assertThat(subjects.stream().flatMap(List::stream).toList()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void reset_atOnce_oneSetsItsPassword() throws Exception {
        UserId ada = store.user("ada@example.org");
        String token = get(auth.tokens().issue(Purpose.PASSWORD_RESET, ada.value()))
                .token()
                .expose();

        List<Boolean> done = race(
                8,
                i -> get(auth.passwords()
                        .resetWith(token, "password " + i)
                        .thenReturn(true)
                        .onErrorReturn(InvalidTokenException.class, false)));
        assertThat(done).filteredOn(won -> won).hasSize(1);
        assertThat(get(auth.passwords().verify("ada@example.org", "password " + done.indexOf(true))))
                .isInstanceOf(PasswordResult.Ok.class);
    }
}
