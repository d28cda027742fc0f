package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import rillite.auth.SignIn.Outcome;
import rillite.core.testing.MovingClock;

final class AccountsTests extends StoreTests {

    private static final ExternalIdentity ADA =
            ExternalIdentity.of("github", "42").email("Ada@example.org", true).profile("Ada", "https://x/a.png");
    private static final OAuthTokens TOKENS = OAuthTokens.of(Secret.of("access-1"))
            .refresh(Secret.of("refresh-1"))
            .expiresAt(Instant.parse("2030-01-01T01:00:00Z"))
            .scope("read:user");

    private SignIn signIn(ExternalIdentity identity, LinkPolicy policy) {
        return get(auth.accounts().signInOrRegister(identity, policy, SessionRequest.none()));
    }

    private long rows() {
        return store.count("SELECT (SELECT count(*) FROM auth_user) + (SELECT count(*) FROM auth_account)"
                + " + (SELECT count(*) FROM auth_session)");
    }

    @Test
    void signIn_firstAndSecondTime() {
        SignIn first = signIn(ADA, LinkPolicy.REFUSE);
        SignIn second = signIn(ADA.email("other@example.org", true), LinkPolicy.REFUSE);

        assertThat(first.outcome()).isEqualTo(Outcome.REGISTERED);
        assertThat(first.user().name()).isEqualTo("Ada");
        assertThat(first.user().emailVerifiedAt()).isEqualTo(MovingClock.START);
        assertThat(second.outcome()).isEqualTo(Outcome.KNOWN);
        assertThat(second.user()).isEqualTo(first.user());
        assertThat(get(auth.sessions().authenticate(second.session().token().expose()))
                        .user())
                .isEqualTo(first.user());
        assertThat(get(auth.accounts().findUser("github", "42"))).isEqualTo(first.user());
        assertThat(find(auth.accounts().findUser("gitlab", "42"))).isNull();
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void signIn_sameAddress_linksOnlyWhenBothHaveProvenIt() {
        User user = get(auth.users().create(NewUser.of("ada@EXAMPLE.org")));
        LinkPolicy both = LinkPolicy.LINK_IF_BOTH_VERIFIED;

        fails(
                auth.accounts().signInOrRegister(ADA, LinkPolicy.REFUSE, SessionRequest.none()),
                AccountNotLinkedException.class,
                "github");
        fails(
                auth.accounts().signInOrRegister(ADA, both, SessionRequest.none()),
                AccountNotLinkedException.class,
                "LINK_IF_BOTH_VERIFIED");
        get(auth.users().update(user.id(), UserPatch.none().emailVerifiedAt(store.clock.instant())));
        fails(
                auth.accounts().signInOrRegister(ADA.email("ada@example.org", false), both, SessionRequest.none()),
                AccountNotLinkedException.class);
        assertThat(rows()).isEqualTo(1);

        SignIn linked = signIn(ADA, both);
        assertThat(linked.outcome()).isEqualTo(Outcome.LINKED);
        assertThat(linked.user().id()).isEqualTo(user.id());
    }

    @Test
    void signIn_withoutUsableAddress_registersWithout() {
        assertThat(signIn(ExternalIdentity.of("x", "1").email("no address", true), LinkPolicy.REFUSE)
                        .user()
                        .email())
                .isNull();
        assertThat(signIn(ExternalIdentity.of("x", "2"), LinkPolicy.REFUSE).outcome())
                .isEqualTo(Outcome.REGISTERED);
    }

    @Test
    void signIn_disabledUser_isRefused() {
        SignIn first = signIn(ADA, LinkPolicy.REFUSE);
        get(auth.users().disable(first.user().id()));

        fails(
                auth.accounts().signInOrRegister(ADA, LinkPolicy.REFUSE, SessionRequest.none()),
                UnknownUserException.class);
    }

    @Test
    void link_isOneUsers() {
        UserId ada = store.user("ada@example.org");
        UserId grace = store.user("grace@example.org");
        Account account = get(auth.accounts().link(ada, ADA));

        assertThat(get(auth.accounts().link(ada, ADA))).as("again").isEqualTo(account);
        fails(
                auth.accounts().link(grace, ADA.tokens(TOKENS)),
                AccountLinkedElsewhereException.class,
                "github",
                "another user");
        assertThat(find(auth.accounts().tokens(account.id())))
                .as("not overwritten")
                .isNull();
        fails(
                auth.accounts().link(UserId.of("nobody"), ExternalIdentity.of("x", "y")),
                UnknownUserException.class,
                "nobody");
        assertThat(get(auth.accounts().of(ada).collectList())).containsExactly(account);
    }

    @Test
    void unlink_lastWayIn_isRefusedUnlessForced() {
        UserId ada = signIn(ADA, LinkPolicy.REFUSE).user().id();
        fails(auth.accounts().unlink("github", "42"), LastLoginMethodException.class, ada.value(), "github");

        get(auth.accounts().link(ada, ExternalIdentity.of("gitlab", "7")));
        assertThat(get(auth.accounts().unlink("github", "42"))).isTrue();
        assertThat(get(auth.accounts().unlink("github", "42"))).isFalse();

        run(auth.passwords().set(ada, "correct horse"));
        assertThat(get(auth.accounts().unlink("gitlab", "7"))).isTrue();
        assertThat(get(auth.accounts().link(ada, ADA)).provider()).isEqualTo("github");
        run(auth.passwords().remove(ada));
        assertThat(get(auth.accounts().unlink("github", "42", true))).isTrue();
        assertThat(get(auth.audit().of(ada, Page.of(1)).collectList())
                        .get(0)
                        .event()
                        .name())
                .isEqualTo("account.unlinked");
    }

    @Test
    void tokens_areStoredEncrypted_andRotatedByVersion() {
        UserId ada = signIn(ADA.tokens(TOKENS), LinkPolicy.REFUSE).user().id();
        Account account = get(auth.accounts().of(ada).next());

        assertThat(get(auth.accounts().tokens(account.id()))).isEqualTo(TOKENS);
        assertThat(account.tokenVersion()).isZero();
        assertThat(account.scope()).isEqualTo("read:user");
        assertThat(store.count("SELECT instr(tokens_enc, CAST('access-1' AS BLOB)) FROM auth_account"))
                .isZero();

        OAuthTokens winner = OAuthTokens.of(Secret.of("access-2")).refresh(Secret.of("refresh-2"));
        OAuthTokens loser = OAuthTokens.of(Secret.of("access-3"));
        assertThat(get(auth.accounts().rotateTokens(account.id(), 0, winner))).isEqualTo(winner);
        assertThat(get(auth.accounts().rotateTokens(account.id(), 0, loser))).isEqualTo(winner);
        assertThat(get(auth.accounts().of(ada).next()).tokenVersion()).isEqualTo(1);
        assertThat(find(auth.accounts().rotateTokens(AccountId.of("nobody"), 0, loser)))
                .isNull();

        signIn(ADA.tokens(TOKENS), LinkPolicy.REFUSE);
        assertThat(get(auth.accounts().tokens(account.id())))
                .as("came with a sign-in")
                .isEqualTo(TOKENS);
    }

    @Test
    void tokens_withoutANewRefreshToken_keepTheOld() {
        UserId ada = signIn(ADA.tokens(TOKENS), LinkPolicy.REFUSE).user().id();
        Account account = get(auth.accounts().of(ada).next());
        OAuthTokens bare = OAuthTokens.of(Secret.of("access-2"));

        assertThat(get(auth.accounts().rotateTokens(account.id(), 0, bare)))
                .isEqualTo(bare.refresh(Secret.of("refresh-1")));
        signIn(ADA.tokens(OAuthTokens.of(Secret.of("access-3"))), LinkPolicy.REFUSE);
        assertThat(get(auth.accounts().tokens(account.id())).refresh()).isEqualTo(Secret.of("refresh-1"));
    }

    @Test
    void signIn_addressInAnotherSpelling_doesNotLink() {
        User user = get(auth.users().create(NewUser.of("ada@example.org").verified()));

        fails(
                auth.accounts()
                        .signInOrRegister(
                                ADA.email("\uFF41da@example.org", true),
                                LinkPolicy.LINK_IF_BOTH_VERIFIED,
                                SessionRequest.none()),
                AccountNotLinkedException.class);
        assertThat(signIn(ADA, LinkPolicy.LINK_IF_BOTH_VERIFIED).user()).isEqualTo(user);
    }

    @Test
    void tokens_movedToAnotherRow_areUnreadable() {
        UserId ada = store.user("ada@example.org");
        Account one = get(auth.accounts().link(ada, ADA.tokens(TOKENS)));
        Account two =
                get(auth.accounts().link(ada, ExternalIdentity.of("x", "y").tokens(TOKENS)));
        run(store.db
                .sql(
                        "UPDATE auth_account SET tokens_enc = (SELECT tokens_enc FROM auth_account WHERE id = ?) WHERE id = ?",
                        one.id().value(),
                        two.id().value())
                .execute());

        fails(
                auth.accounts().tokens(two.id()),
                EncryptionException.class,
                "auth_account.tokens_enc",
                two.id().value());
    }

    @Test
    void tokens_afterAChangeOfKeys_areReadByTheOld() {
        UserId ada = store.user("ada@example.org");
        Account account = get(auth.accounts().link(ada, ADA.tokens(TOKENS)));
        AuthOptions fresh = AuthOptions.defaults().encryptionKey("k2", "fedcba9876543210".getBytes());
        AuthStore both =
                AuthStore.on(store.db, fresh.encryptionKey("k1", "0123456789abcdef0123456789abcdef".getBytes()));
        AuthStore none = AuthStore.on(store.db);

        fails(
                AuthStore.on(store.db, fresh).accounts().tokens(account.id()),
                EncryptionException.class,
                "its key is not");
        fails(
                none.accounts().link(ada, ExternalIdentity.of("x", "y").tokens(TOKENS)),
                EncryptionException.class,
                "no key");
        assertThat(get(both.accounts().tokens(account.id()))).isEqualTo(TOKENS);
        get(both.accounts().rotateTokens(account.id(), 0, TOKENS));
        assertThat(get(AuthStore.on(store.db, fresh).accounts().tokens(account.id())))
                .isEqualTo(TOKENS);
    }

    @Test
    void forgetTokens_keepsTheAccount_andLosesToNoOlderRefresh() {
        UserId ada = store.user("ada@example.org");
        Account account = get(auth.accounts()
                .link(ada, ExternalIdentity.of("github", "42").tokens(OAuthTokens.of(Secret.of("access")))));
        assertThat(get(auth.accounts().forgetTokens(account.id()))).isTrue();

        assertThat(find(auth.accounts().tokens(account.id()))).isNull();
        assertThat(find(auth.accounts()
                        .rotateTokens(account.id(), account.tokenVersion(), OAuthTokens.of(Secret.of("late")))))
                .isNull();
        assertThat(find(auth.accounts().findUser("github", "42"))).isNotNull();
        assertThat(get(auth.accounts().forgetTokens(new AccountId("none")))).isFalse();
    }

    @Test
    void accountThatHoldsTokensOnly_isNoWayIn() {
        UserId ada = store.user("ada@example.org");
        run(auth.accounts().link(ada, ExternalIdentity.of("github", "42")));
        run(auth.accounts().link(ada, new ExternalIdentity("calendar", "7", "client", null, false, null, null, null)));
        fails(auth.accounts().unlink("github", "42"), LastLoginMethodException.class);
    }

    @Test
    void encryptionKey_thatWasNeverFilled_isRefused() {
        assertThatThrownBy(() -> AuthOptions.defaults().encryptionKey("k", new byte[32]))
                .isInstanceOf(InvalidAuthValueException.class)
                .hasMessageContaining("never filled");
    }
}
