package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.race;
import static rillite.core.testing.Await.run;

import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import rillite.core.testing.Await;

/** What several do at once with one user. */
final class UserRaceTests extends StoreTests {

    private static final List<String> FORMS = List.of(
            "ada@example.org", "ADA@EXAMPLE.ORG", "Ada@Example.org ", "\uFF41da@example.org", "ada\uFF20example.org");

    @Test
    void create_oneAddressInAllForms_oneIsCreated() throws Exception {
        List<Boolean> created = race(
                64,
                i -> get(auth.users()
                        .create(NewUser.of(FORMS.get(i % FORMS.size())))
                        .thenReturn(true)
                        .onErrorReturn(EmailTakenException.class, false)));

        assertThat(created).filteredOn(won -> won).hasSize(1);
        assertThat(store.count("SELECT count(*) FROM auth_user")).isEqualTo(1);
    }

    @Test
    void link_onePairToTwoUsers_oneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            UserId ada = store.user("ada" + round + "@example.org");
            UserId grace = store.user("grace" + round + "@example.org");
            ExternalIdentity identity = ExternalIdentity.of("github", "account " + round);

            assertThat(race(
                            8,
                            i -> get(auth.accounts()
                                    .link(i % 2 == 0 ? ada : grace, identity)
                                    .map(account -> account.user().value())
                                    .onErrorReturn(AccountLinkedElsewhereException.class, "refused"))))
                    .filteredOn(user -> !user.equals("refused"))
                    .hasSize(4)
                    .containsOnly(get(auth.accounts().findUser("github", "account " + round))
                            .id()
                            .value());
        }
    }

    @Test
    void signInOrRegister_atOnce_registersOnce() throws Exception {
        ExternalIdentity identity = ExternalIdentity.of("github", "42").email("ada@example.org", true);
        List<SignIn> signedIn = race(
                16, i -> get(auth.accounts().signInOrRegister(identity, LinkPolicy.REFUSE, SessionRequest.none())));

        assertThat(signedIn)
                .filteredOn(one -> one.outcome() == SignIn.Outcome.REGISTERED)
                .hasSize(1);
        assertThat(store.count("SELECT count(*) FROM auth_user")).isEqualTo(1);
        assertThat(store.count("SELECT count(*) FROM auth_session")).isEqualTo(16);
    }

    @Test
    void rotateTokens_atOnce_allSeeTheWinners() throws Exception {
        UserId ada = store.user("ada@example.org");
        Account account = get(
                auth.accounts().link(ada, ExternalIdentity.of("x", "y").tokens(OAuthTokens.of(Secret.of("first")))));
        List<OAuthTokens> seen = race(
                16,
                i -> get(
                        auth.accounts().rotateTokens(account.id(), 0, OAuthTokens.of(Secret.of("refreshed by " + i)))));

        assertThat(seen).containsOnly(get(auth.accounts().tokens(account.id())));
    }

    @Test
    void change_againstSignInsThatHashAgain_keepsTheChange() throws Exception {
        for (int round = 0; round < 5; round++) {
            UserId ada = store.user("ada" + round + "@example.org");
            String mail = "ada" + round + "@example.org";
            run(auth.passwords().set(ada, "old password"));
            AuthStore raised =
                    AuthStore.on(store.db, Fixture.options(store.clock).hashing(32, 1, 1));

            race(
                    5,
                    i -> i == 0
                            ? get(auth.passwords()
                                    .change(ada, "old password", "new password", null)
                                    .thenReturn(true))
                            : get(raised.passwords().verify(mail, "old password")) != null);

            assertThat(get(auth.passwords().verify(mail, "new password"))).isInstanceOf(PasswordResult.Ok.class);
            assertThat(get(auth.passwords().verify(mail, "old password"))).isEqualTo(new PasswordResult.Rejected());
        }
    }

    @Test
    void verify_manyGuessesAtOnce_atMostTenBeforeTheLock() throws Exception {
        UserId ada = store.user("ada@example.org");
        run(auth.passwords().set(ada, "old password"));
        race(32, i -> get(auth.passwords().verify("ada@example.org", "guess " + i + "...")));

        assertThat(get(auth.passwords().verify("ada@example.org", "old password")))
                .isInstanceOf(PasswordResult.Locked.class);
    }

    @Test
    void revokeAll_againstCreate_leavesNoSessionOfAnOldEpoch() throws Exception {
        UserId ada = store.user("ada@example.org");
        for (int round = 0; round < 20; round++) {
            List<String> tokens = race(
                    4,
                    i -> i == 0
                            ? get(auth.sessions().revokeAll(ada)).toString()
                            : store.session(ada).token().expose());
            long live = store.count("SELECT count(*) FROM auth_session s JOIN auth_user u ON u.id = s.user_id"
                    + " WHERE s.epoch = u.session_epoch");
            long authenticated = tokens.stream()
                    .filter(token -> find(auth.sessions().authenticate(token)) != null)
                    .count();

            assertThat(authenticated).isEqualTo(live);
            get(auth.sessions().revokeAll(ada));
        }
    }

    @Test
    void users_inOneTransactionOfTheDatabase_takePart() {
        Mono<Object> work = store.db
                .inTransaction(tx -> auth.users()
                        .create(NewUser.of("ada@example.org"))
                        .flatMap(user -> auth.sessions().create(user.id(), SessionRequest.none()))
                        .flatMap(session -> Mono.error(new IllegalStateException("planted"))))
                .singleOrEmpty();

        Await.fails(work, IllegalStateException.class, "planted");
        assertThat(store.count("SELECT count(*) FROM auth_user")).isZero();
    }
}
