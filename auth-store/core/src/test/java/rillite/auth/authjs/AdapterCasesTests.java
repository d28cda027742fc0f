package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;
import rillite.auth.FactorException;
import rillite.auth.Secret;
import rillite.auth.authjs.Site.Kind;

/** The cases that every adapter of Auth.js must pass, over all layouts; numbers are those of the neutral suite. */
final class AdapterCasesTests {

    private static final Instant VERIFIED = Instant.parse("2029-12-24T18:30:00.456Z");
    private static final Secret TOKEN = Secret.of("5f0c2a6e-8b43-4c57-9b0a-1d2e3f405162");
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path directory;

    private static AdapterUser sent() {
        return AdapterUser.of("fill@murray.com")
                .name("Fill Murray")
                .image("https://www.fillmurray.com/460/300")
                .emailVerified(VERIFIED);
    }

    private static AdapterAccount account(String userId) {
        return new AdapterAccount(
                userId,
                "oauth",
                "provider1",
                "providerAccountId1",
                Secret.of("refresh"),
                Secret.of("access"),
                Instant.ofEpochSecond(1_900_000_000L),
                "bearer",
                "user",
                Secret.of("id"),
                "state");
    }

    private static List<String> row(String... values) {
        return List.of(values);
    }

    private static void fails(Publisher<?> work, Class<? extends Throwable> type) {
        StepVerifier.create(work).expectError(type).verify(PATIENCE);
    }

    /** 1, 12, 15. */
    @Test
    void methods_ofTheContract_areThere() {
        Stream<String> methods = Arrays.stream(AuthJsAdapter.class.getMethods()).map(Method::getName);
        assertThat(methods)
                .contains(
                        "createUser",
                        "getUser",
                        "getUserByEmail",
                        "getUserByAccount",
                        "updateUser",
                        "linkAccount",
                        "createSession",
                        "getSessionAndUser",
                        "updateSession",
                        "deleteSession",
                        "createVerificationToken",
                        "useVerificationToken",
                        "unlinkAccount",
                        "deleteUser",
                        "getAccount",
                        "getAuthenticator",
                        "createAuthenticator",
                        "listAuthenticatorsByUserId",
                        "updateAuthenticatorCounter");
    }

    /** 2. */
    @ParameterizedTest
    @EnumSource
    void createUser_storesWhatWasGiven(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser sent = sent();
            assertThat(get(site.adapter.createUser(sent))).isEqualTo(sent);

            assertThat(site.stored(kind.user, "id", "name", "email", "emailVerified", "image"))
                    .containsExactly(row(
                            "text:" + sent.id(),
                            "text:Fill Murray",
                            "text:fill@murray.com",
                            kind.stored(VERIFIED),
                            "text:https://www.fillmurray.com/460/300"));
        }
    }

    /** 3, 4. */
    @ParameterizedTest
    @EnumSource
    void getUser_byIdAndEmail_givesTheSame(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));

            assertThat(find(site.adapter.getUser("nobody"))).isNull();
            assertThat(find(site.adapter.getUserByEmail("nobody@example.com"))).isNull();
            assertThat(find(site.adapter.getUser(user.id()))).isEqualTo(user);
            assertThat(find(site.adapter.getUserByEmail("fill@murray.com"))).isEqualTo(user);
            assertThat(find(site.adapter.getUserByEmail("Fill@murray.com"))).isNull();
        }
    }

    /** 5. */
    @ParameterizedTest
    @EnumSource
    void createSession_storesWhatWasGiven(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterSession sent = new AdapterSession(TOKEN, user.id(), NOW.plus(WEEK));

            assertThat(get(site.adapter.createSession(sent))).isEqualTo(sent);
            assertThat(site.stored(kind.session, "sessionToken", "userId", "expires"))
                    .containsExactly(row("text:" + TOKEN.expose(), "text:" + user.id(), kind.stored(NOW.plus(WEEK))));
        }
    }

    /** 6. */
    @ParameterizedTest
    @EnumSource
    void getSessionAndUser_givesBoth(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterSession session = site.session(user.id(), TOKEN.expose(), NOW.plus(WEEK));

            assertThat(find(site.adapter.getSessionAndUser(Secret.of("invalid-token"))))
                    .isNull();
            assertThat(find(site.adapter.getSessionAndUser(TOKEN))).isEqualTo(new SessionAndUser(session, user));
        }
    }

    /** 7. */
    @ParameterizedTest
    @EnumSource
    void updateUser_changesOnlyWhatIsNamed(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterUser renamed = user.name("Updated Name");

            assertThat(get(site.adapter.updateUser(
                            AdapterUserPatch.of(user.id()).name("Updated Name"))))
                    .isEqualTo(renamed);
            assertThat(find(site.adapter.getUser(user.id()))).isEqualTo(renamed);
        }
    }

    /** 8. */
    @ParameterizedTest
    @EnumSource
    void updateSession_movesTheEnd(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterSession before = site.session(user.id(), TOKEN.expose(), NOW.plus(WEEK));
            Instant month = NOW.plus(Duration.ofDays(30));
            AdapterSession after = new AdapterSession(TOKEN, user.id(), month);

            assertThat(before).isNotEqualTo(after);
            assertThat(get(site.adapter.updateSession(TOKEN, month))).isEqualTo(after);
            assertThat(site.stored(kind.session, "expires")).containsExactly(row(kind.stored(month)));
            assertThat(find(site.adapter.updateSession(Secret.of("gone"), month)))
                    .isNull();
        }
    }

    /** 9. */
    @ParameterizedTest
    @EnumSource
    void linkAccount_storesSeconds(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterAccount sent = account(user.id());

            assertThat(get(site.adapter.linkAccount(sent))).isEqualTo(sent);
            assertThat(site.stored(
                            kind.account,
                            "userId",
                            "type",
                            "provider",
                            "providerAccountId",
                            "refresh_token",
                            "access_token",
                            "expires_at",
                            "token_type",
                            "scope",
                            "id_token",
                            "session_state"))
                    .containsExactly(row(
                            "text:" + user.id(),
                            "text:oauth",
                            "text:provider1",
                            "text:providerAccountId1",
                            "text:refresh",
                            "text:access",
                            "integer:1900000000",
                            "text:bearer",
                            "text:user",
                            "text:id",
                            "text:state"));
        }
    }

    /** 10. */
    @ParameterizedTest
    @EnumSource
    void getUserByAccount_findsTheUser(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            run(site.adapter.linkAccount(account(user.id())));

            assertThat(find(site.adapter.getUserByAccount("invalid-provider", "invalid-account")))
                    .isNull();
            assertThat(find(site.adapter.getUserByAccount("provider1", "providerAccountId1")))
                    .isEqualTo(user);
        }
    }

    /** 11. */
    @ParameterizedTest
    @EnumSource
    void deleteSession_removesTheRow_andIsSilentThen(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            site.session(user.id(), TOKEN.expose(), NOW.plus(WEEK));

            run(site.adapter.deleteSession(TOKEN));
            assertThat(site.count(kind.session)).isZero();
            run(site.adapter.deleteSession(TOKEN));
        }
    }

    /** 13. */
    @ParameterizedTest
    @EnumSource
    void createVerificationToken_storesThreeFields(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            VerificationToken sent = token("info@example.com");

            assertThat(get(site.adapter.createVerificationToken(sent))).isEqualTo(sent);
            assertThat(site.stored(kind.verification, "identifier", "token", "expires"))
                    .containsExactly(
                            row("text:info@example.com", "text:" + sent.token().expose(), kind.stored(sent.expires())));
        }
    }

    private static VerificationToken token(String identifier) {
        Secret hash = VerificationToken.hash(Secret.of("raw"), Secret.of("secret"));
        return new VerificationToken(identifier, hash, NOW.plus(Duration.ofMinutes(15)));
    }

    /** 14. */
    @ParameterizedTest
    @EnumSource
    void useVerificationToken_worksOnce_forItsIdentifier(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            VerificationToken token = get(site.adapter.createVerificationToken(token("info@example.com")));

            assertThat(find(site.adapter.useVerificationToken("info@example.com", token.token())))
                    .isEqualTo(token);
            assertThat(find(site.adapter.useVerificationToken("info@example.com", token.token())))
                    .isNull();
            run(site.adapter.createVerificationToken(token));
            assertThat(find(site.adapter.useVerificationToken("other@example.com", token.token())))
                    .isNull();
            assertThat(site.count(kind.verification)).isEqualTo(1);
        }
    }

    /** 16. */
    @ParameterizedTest
    @EnumSource
    void unlinkAccount_removesTheRow_andIsSilentThen(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            run(site.adapter.linkAccount(account(user.id())));
            assertThat(site.count(kind.account)).isEqualTo(1);

            run(site.adapter.unlinkAccount("provider1", "providerAccountId1"));
            assertThat(site.count(kind.account)).isZero();
            run(site.adapter.unlinkAccount("provider1", "providerAccountId1"));
        }
    }

    /** 17. */
    @ParameterizedTest
    @EnumSource
    void deleteUser_takesSessionsAndAccountsAlong_andIsSilentThen(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            site.session(user.id(), TOKEN.expose(), NOW.plus(WEEK));
            run(site.adapter.linkAccount(account(user.id())));

            run(site.adapter.deleteUser(user.id()));
            assertThat(site.count(kind.user)).isZero();
            assertThat(site.count(kind.session)).isZero();
            assertThat(site.count(kind.account)).isZero();
            run(site.adapter.deleteUser(user.id()));
        }
    }

    /** 18. */
    @ParameterizedTest
    @EnumSource
    void getAccount_needsBothParts(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterAccount account = get(site.adapter.linkAccount(account(user.id())));

            assertThat(find(site.adapter.getAccount("invalid", "invalid"))).isNull();
            assertThat(find(site.adapter.getAccount("providerAccountId1", "invalid")))
                    .isNull();
            assertThat(find(site.adapter.getAccount("invalid", "provider1"))).isNull();
            assertThat(find(site.adapter.getAccount("providerAccountId1", "provider1")))
                    .isEqualTo(account);
        }
    }

    private static AdapterAuthenticator authenticator(String id, String userId) {
        return new AdapterAuthenticator(id, userId, "acc1", "cHVibGlj", 7, "multiDevice", true, "usb,ble,nfc");
    }

    /** 19, 20. */
    @ParameterizedTest
    @EnumSource(names = "KYSELY", mode = EnumSource.Mode.EXCLUDE)
    void createAuthenticator_storesWhatWasGiven(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            AdapterAuthenticator sent = authenticator("Y3JlZA==", user.id());

            assertThat(get(site.adapter.createAuthenticator(sent))).isEqualTo(sent);
            assertThat(site.stored(
                            kind.authenticator,
                            "credentialID",
                            "userId",
                            "providerAccountId",
                            "credentialPublicKey",
                            "counter",
                            "credentialDeviceType",
                            "credentialBackedUp",
                            "transports"))
                    .containsExactly(row(
                            "text:Y3JlZA==",
                            "text:" + user.id(),
                            "text:acc1",
                            "text:cHVibGlj",
                            "integer:7",
                            "text:multiDevice",
                            "integer:1",
                            "text:usb,ble,nfc"));
            assertThat(find(site.adapter.getAuthenticator("invalid"))).isNull();
            assertThat(find(site.adapter.getAuthenticator("Y3JlZA=="))).isEqualTo(sent);
            fails(site.adapter.createAuthenticator(sent), FactorException.class);
        }
    }

    /** 21. */
    @ParameterizedTest
    @EnumSource(names = "KYSELY", mode = EnumSource.Mode.EXCLUDE)
    void listAuthenticators_areThoseOfTheUser(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser one = site.user("one@example.com");
            AdapterUser two = site.user("two@example.com");
            List<AdapterAuthenticator> ofOne = List.of(authenticator("a", one.id()), authenticator("b", one.id()));
            ofOne.forEach(each -> run(site.adapter.createAuthenticator(each)));
            AdapterAuthenticator ofTwo = authenticator("c", two.id());
            run(site.adapter.createAuthenticator(ofTwo));

            assertThat(get(site.adapter.listAuthenticatorsByUserId("nobody").collectList()))
                    .isEmpty();
            assertThat(get(site.adapter.listAuthenticatorsByUserId(one.id()).collectList()))
                    .isEqualTo(ofOne);
            assertThat(get(site.adapter.listAuthenticatorsByUserId(two.id()).collectList()))
                    .containsExactly(ofTwo);
            run(site.adapter.deleteUser(one.id()));
            assertThat(site.count(kind.authenticator)).isEqualTo(1);
        }
    }

    /** 22. */
    @ParameterizedTest
    @EnumSource(names = "KYSELY", mode = EnumSource.Mode.EXCLUDE)
    void updateCounter_ofUnknownCredential_fails(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = get(site.adapter.createUser(sent()));
            run(site.adapter.createAuthenticator(authenticator("a", user.id())));

            fails(site.adapter.updateAuthenticatorCounter("invalid", 8), FactorException.class);
            assertThat(get(site.adapter.updateAuthenticatorCounter("a", 4_294_967_295L))
                            .counter())
                    .isEqualTo(4_294_967_295L);
            assertThat(site.stored(kind.authenticator, "counter")).containsExactly(row("integer:4294967295"));
        }
    }
}
