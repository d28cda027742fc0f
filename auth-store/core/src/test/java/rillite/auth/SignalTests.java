package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** When work begins, what demand and cancel do. */
final class SignalTests extends StoreTests {

    @Test
    void consume_beginsWithTheSubscription_andEachIsOne() {
        String token =
                get(auth.tokens().issue(Purpose.MAGIC_LINK, "ada")).token().expose();
        Mono<TokenInfo> consume = auth.tokens().consume(Purpose.MAGIC_LINK, token);

        assertThat(find(auth.tokens().peek(Purpose.MAGIC_LINK, token))).isNotNull();
        assertThat(find(consume)).isNotNull();
        assertThat(find(consume)).isNull();
    }

    @Test
    void create_subscribedTwice_givesTwoSessions() {
        UserId ada = store.user("ada@example.org");
        Mono<IssuedSession> create = auth.sessions().create(ada, SessionRequest.none());

        assertThat(get(create).token()).isNotEqualTo(get(create).token());
        assertThat(get(auth.sessions().list(ada).collectList())).hasSize(2);
    }

    @Test
    void consume_cancelled_isUsedOrNot_neverTwice() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String token = get(auth.tokens().issue(Purpose.MAGIC_LINK, "u" + i))
                    .token()
                    .expose();
            tokens.add(token);
            auth.tokens().consume(Purpose.MAGIC_LINK, token).subscribe().dispose();
        }
        long left = tokens.stream()
                .filter(token -> find(auth.tokens().consume(Purpose.MAGIC_LINK, token)) != null)
                .count();

        assertThat(left).isBetween(0L, 50L);
        assertThat(tokens).noneMatch(token -> find(auth.tokens().consume(Purpose.MAGIC_LINK, token)) != null);
        assertThat(store.count("SELECT count(*) FROM auth_token")).isZero();
    }

    @Test
    void list_givesWhatIsRequested_andEndsWithACancel() {
        UserId ada = store.user("ada@example.org");
        for (int i = 0; i < 5; i++) {
            store.session(ada);
        }

        StepVerifier.create(auth.sessions().list(ada), 0)
                .thenRequest(1)
                .expectNextCount(1)
                .thenRequest(2)
                .expectNextCount(2)
                .thenCancel()
                .verify(PATIENCE);
        StepVerifier.create(auth.users().all(Page.of(10)), 1)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(get(auth.sessions().revokeAll(ada))).isEqualTo(5);
    }

    @Test
    void cancelledTransaction_leavesNothing_andFreesTheWriter() {
        Mono<User> never = auth.inTransaction(
                tx -> tx.users().create(NewUser.of("ada@example.org")).then(Mono.never()));
        StepVerifier.create(never).thenAwait().thenCancel().verify(PATIENCE);

        assertThat(get(auth.users().create(NewUser.of("ada@example.org"))).email())
                .isEqualTo("ada@example.org");
        assertThat(store.count("SELECT count(*) FROM auth_user")).isEqualTo(1);
    }
}
