package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.authjs.NodeSide.date;
import static rillite.auth.authjs.NodeSide.fields;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rillite.auth.Secret;
import rillite.auth.authjs.Site.Kind;
import tools.jackson.databind.JsonNode;

/** One file, two programs: this one, and one of the real packages of Auth.js in Node. */
@Tag("external")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthJsInteropIT {

    private static final Secret AUTH_SECRET = Secret.of("interop-secret-interop-secret-interop");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant VERIFIED = Instant.parse("2024-12-24T18:30:00.456Z");
    private static final int TOKENS = 300;

    @TempDir
    Path directory;

    private Path packages = Path.of("");

    @BeforeAll
    void ready() throws IOException, InterruptedException {
        packages = NodePackages.ready();
    }

    /** Both sides of a file. */
    private final class Sides implements AutoCloseable {
        final Kind kind;
        final Site site;
        final AuthJsAdapter java;
        final NodeSide node;

        Sides(Kind kind) {
            this.kind = kind;
            site = Site.in(directory, kind);
            java = site.adapter.clock(Clock.systemUTC());
            node = NodeSide.start(packages, kind.name().toLowerCase(Locale.ROOT), site.file);
        }

        AdapterUser user() {
            return get(java.createUser(
                    AdapterUser.of("ada@example.com").name("Ada").emailVerified(VERIFIED)));
        }

        Instant expires() {
            return get(java.getSessionAndUser(Secret.of("token"))).session().expires();
        }

        @Override
        public void close() {
            node.close();
            site.close();
        }
    }

    private static Instant millis(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    private static Instant inAWeek() {
        // three digits that are not zero, so that the text has them
        return Instant.ofEpochMilli(
                Clock.systemUTC().instant().plus(Duration.ofDays(7)).getEpochSecond() * 1000 + 123);
    }

    /** A. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void nodeWrites_javaReads(Kind kind) {
        try (Sides both = new Sides(kind)) {
            Instant expires = inAWeek();
            JsonNode user = both.node.call(
                    "createUser",
                    fields(
                            "id",
                            "offered",
                            "name",
                            "Ada",
                            "email",
                            "ada@example.com",
                            "emailVerified",
                            VERIFIED,
                            "image",
                            null));
            String id = user.get("id").asString();
            both.node.call("createSession", fields("sessionToken", "token", "userId", id, "expires", expires));
            both.node.call(
                    "linkAccount",
                    fields(
                            "userId",
                            id,
                            "type",
                            "oauth",
                            "provider",
                            "github",
                            "providerAccountId",
                            "1",
                            "access_token",
                            "access",
                            "expires_at",
                            1_900_000_000L));
            both.node.call(
                    "createVerificationToken",
                    fields("identifier", "ada@example.com", "token", "hash", "expires", expires));

            AdapterUser expected = new AdapterUser(id, "Ada", "ada@example.com", VERIFIED, null);
            AdapterSession session = new AdapterSession(Secret.of("token"), id, expires);
            assertThat(id).isNotEqualTo("offered");
            assertThat(get(both.java.getUser(id))).isEqualTo(expected);
            assertThat(get(both.java.getUserByEmail("ada@example.com"))).isEqualTo(expected);
            assertThat(get(both.java.getUserByAccount("github", "1"))).isEqualTo(expected);
            assertThat(get(both.java.getSessionAndUser(Secret.of("token"))))
                    .isEqualTo(new SessionAndUser(session, expected));
            AdapterAccount account = get(both.java.getAccount("1", "github"));
            assertThat(account.accessToken()).isEqualTo(Secret.of("access"));
            assertThat(account.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_900_000_000L));
            assertThat(both.site.stored(kind.session, "expires")).containsExactly(List.of(kind.stored(expires)));
            assertThat(both.site.stored(kind.user, "emailVerified")).containsExactly(List.of(kind.stored(VERIFIED)));
            if (kind == Kind.KYSELY) {
                assertThat(both.site.stored("Session", "id")).containsExactly(List.of("null"));
                assertThat(both.site.stored("Account", "id")).containsExactly(List.of("null"));
            }
            assertThat(get(both.java.verifySchema()).isSound()).isTrue();
            assertThat(get(both.java.authenticate("token")).user()).isEqualTo(expected);
            assertThat(get(both.java.useVerificationToken("ada@example.com", Secret.of("hash"))))
                    .isEqualTo(new VerificationToken("ada@example.com", Secret.of("hash"), expires));
            assertThat(both.node
                            .call("useVerificationToken", fields("identifier", "ada@example.com", "token", "hash"))
                            .isNull())
                    .isTrue();
        }
    }

    /** B. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void javaSignsIn_theHandlerAnswersWithTheUser(Kind kind) {
        try (Sides both = new Sides(kind)) {
            AdapterUser user = both.user();
            AdapterSession session = get(both.java.startSession(user.id()));
            String token = session.sessionToken().expose();

            JsonNode found = both.node.call("getSessionAndUser", token);
            assertThat(found.at("/user/id").asString()).isEqualTo(user.id());
            assertThat(date(found.at("/user/emailVerified"))).isEqualTo(VERIFIED);
            assertThat(date(found.at("/session/expires"))).isEqualTo(session.expires());

            JsonNode answer = both.node.session(token);
            assertThat(answer.get("status").asInt()).isEqualTo(200);
            assertThat(answer.at("/body/user/email").asString()).isEqualTo("ada@example.com");
            assertThat(Instant.parse(answer.at("/body/expires").asString())).isEqualTo(session.expires());

            run(both.java.deleteSession(session.sessionToken()));
            assertThat(both.node.session(token).get("body").isNull()).isTrue();
            assertThat(both.node.ask(fields("do", "complaints"))).isEmpty();
        }
    }

    /** C. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void session_slidesFromBothSides(Kind kind) {
        try (Sides both = new Sides(kind)) {
            AdapterUser user = both.user();
            Instant now = millis(Clock.systemUTC().instant());
            Instant early = now.plus(MONTH).minus(DAY).plus(Duration.ofHours(1));
            Instant due = now.plus(MONTH).minus(DAY).minus(Duration.ofHours(1));
            both.site.session(user.id(), "token", early);

            // neither side moves what is not due
            assertThat(both.node.session("token").get("status").asInt()).isEqualTo(200);
            assertThat(get(both.java.authenticate("token")).session().expires()).isEqualTo(early);
            assertThat(both.expires()).isEqualTo(early);

            run(both.java.updateSession(Secret.of("token"), due));
            both.node.session("token");
            Instant byNode = both.expires();
            assertThat(byNode).isBetween(now.plus(MONTH), now.plus(MONTH).plus(Duration.ofHours(1)));
            assertThat(both.site.stored(kind.session, "expires").get(0).get(0))
                    .startsWith(kind == Kind.KYSELY ? "text:" : "integer:");

            run(both.java.updateSession(Secret.of("token"), due));
            Instant byJava = get(both.java.authenticate("token")).session().expires();
            assertThat(byJava).isBetween(now.plus(MONTH), now.plus(MONTH).plus(Duration.ofHours(1)));
            JsonNode answer = both.node.session("token");
            assertThat(Instant.parse(answer.at("/body/expires").asString())).isEqualTo(byJava);
        }
    }

    /** D. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void expiredSession_isRefusedByBoth(Kind kind) {
        try (Sides both = new Sides(kind)) {
            AdapterUser user = both.user();
            both.site.session(user.id(), "token", Instant.parse("2001-01-01T00:00:00.000Z"));

            assertThat(find(both.java.authenticate("token"))).isNull();
            assertThat(both.site.count(kind.session)).isEqualTo(1);
            assertThat(both.node.session("token").get("body").isNull()).isTrue();
            assertThat(both.site.count(kind.session)).isZero();
        }
    }

    /** D, the negative control: what a date without a zone does in Node, and why this library never writes or takes one. */
    @ParameterizedTest
    @EnumSource(names = "KYSELY")
    void dateWithoutZone_isServedByNode_andRefusedHere(Kind kind) {
        try (Sides both = new Sides(kind);
                Heard heard = Heard.of(AuthJsAdapter.class)) {
            AdapterUser user = both.user();
            both.site.raw("INSERT INTO Session (sessionToken, userId, expires) VALUES ('token', '" + user.id()
                    + "', datetime('2001-01-01'))");

            JsonNode answer = both.node.session("token");
            assertThat(answer.get("status").asInt()).isEqualTo(200);
            assertThat(answer.at("/body/user/email").asString()).isEqualTo("ada@example.com");
            assertThat(find(both.java.authenticate("token"))).isNull();
            assertThat(heard.texts()).singleElement().asString().contains("Session.expires");
            assertThat(get(both.java.verifySchema()).dates()).hasSize(1);
        }
    }

    private static String callback(String token) {
        return "/auth/callback/email?callbackUrl=" + URLEncoder.encode("http://localhost:3000", StandardCharsets.UTF_8)
                + "&email=ada%40example.com&token=" + token;
    }

    /** E. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void linkOfJava_signsInOnceInNode(Kind kind) {
        try (Sides both = new Sides(kind)) {
            Secret raw = get(both.java.issueMagicLink("Ada@Example.com", AUTH_SECRET, Duration.ofMinutes(10)));

            JsonNode first = both.node.get(callback(raw.expose()), null);
            assertThat(first.get("status").asInt()).isEqualTo(302);
            String cookie = first.get("cookies")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(one -> one.startsWith("authjs.session-token="))
                    .findAny()
                    .orElseThrow();
            SessionAndUser signedIn = get(both.java.authenticate(cookie.substring(cookie.indexOf('=') + 1)));
            assertThat(signedIn.user().email()).isEqualTo("ada@example.com");
            assertThat(signedIn.user().emailVerified()).isNotNull();

            JsonNode second = both.node.get(callback(raw.expose()), null);
            assertThat(second.get("status").asInt()).isEqualTo(302);
            assertThat(second.get("location").asString()).contains("error=Verification");
            assertThat(both.site.count(kind.session)).isEqualTo(1);
        }
    }

    /** E, the other way round. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void linkOfNode_isRedeemedOnceInJava(Kind kind) {
        try (Sides both = new Sides(kind)) {
            JsonNode mail = both.node
                    .ask(fields("do", "link", "email", "  Ada@Example.com"))
                    .get("mail");
            assertThat(mail.get("identifier").asString()).isEqualTo("ada@example.com");
            String token = mail.get("token").asString();

            assertThat(get(both.java.redeemMagicLink("ADA@example.com", token, AUTH_SECRET)))
                    .isEqualTo("ada@example.com");
            assertThat(find(both.java.redeemMagicLink("ADA@example.com", token, AUTH_SECRET)))
                    .isNull();
            JsonNode late = both.node.get(callback(token), null);
            assertThat(late.get("location").asString()).contains("error=Verification");
        }
    }

    /** F. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void tokens_racedByTwoPrograms_haveOneWinnerEach(Kind kind) {
        try (Sides both = new Sides(kind)) {
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < TOKENS; i++) {
                tokens.add("token-" + i);
                run(both.java.createVerificationToken(
                        new VerificationToken("ada@example.com", Secret.of("token-" + i), inAWeek())));
            }
            Clock clock = Clock.systemUTC();
            long start = clock.millis() + 300;
            both.node.say(fields("do", "race", "identifier", "ada@example.com", "tokens", tokens, "at", start));
            while (clock.millis() < start) {
                Thread.onSpinWait();
            }
            List<String> won = new ArrayList<>();
            for (String token : tokens) {
                if (find(both.java.useVerificationToken("ada@example.com", Secret.of(token))) != null) {
                    won.add(token);
                }
            }
            int ofJava = won.size();
            both.node.answer().forEach(token -> won.add(token.asString()));
            System.out.println(
                    kind + ": " + ofJava + " tokens were used by Java, " + (won.size() - ofJava) + " by Node");

            assertThat(won).hasSize(TOKENS).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(tokens);
            assertThat(both.site.count(kind.verification)).isZero();
        }
    }

    /** G. */
    @ParameterizedTest
    @EnumSource(names = {"KYSELY", "DRIZZLE"})
    void rowsOfJava_areReadByTheRealAdapter(Kind kind) {
        try (Sides both = new Sides(kind)) {
            Instant expires = inAWeek();
            AdapterUser user = both.user();
            AdapterAccount account = new AdapterAccount(
                    user.id(),
                    "oauth",
                    "github",
                    "1",
                    Secret.of("refresh"),
                    Secret.of("access"),
                    Instant.ofEpochSecond(1_900_000_000L),
                    "bearer",
                    "user",
                    Secret.of("id"),
                    "state");
            run(both.java.linkAccount(account));
            both.site.session(user.id(), "token", expires);
            run(both.java.createVerificationToken(
                    new VerificationToken("ada@example.com", Secret.of("hash"), expires)));

            JsonNode read = both.node.call("getUser", user.id());
            assertThat(read.get("name").asString()).isEqualTo("Ada");
            assertThat(date(read.get("emailVerified"))).isEqualTo(VERIFIED);
            assertThat(read.get("image").isNull()).isTrue();
            assertThat(both.node.call("getUserByEmail", "ada@example.com")).isEqualTo(read);
            assertThat(both.node.call("getUserByAccount", fields("provider", "github", "providerAccountId", "1")))
                    .isEqualTo(read);
            JsonNode row = both.node.sql("SELECT * FROM account").get(0);
            assertThat(row.get("expires_at").asLong()).isEqualTo(1_900_000_000L);
            assertThat(row.get("session_state").asString()).isEqualTo("state");
            assertThat(row.has("id") ? row.get("id").isNull() : kind == Kind.DRIZZLE)
                    .isTrue();
            assertThat(date(both.node.call("getSessionAndUser", "token").at("/session/expires")))
                    .isEqualTo(expires);
            JsonNode used =
                    both.node.call("useVerificationToken", fields("identifier", "ada@example.com", "token", "hash"));
            assertThat(date(used.get("expires"))).isEqualTo(expires);

            run(both.java.updateUser(
                    AdapterUserPatch.of(user.id()).name("Ada L.").emailVerified(null)));
            JsonNode renamed = both.node.call("getUser", user.id());
            assertThat(renamed.get("name").asString()).isEqualTo("Ada L.");
            assertThat(renamed.get("emailVerified").isNull()).isTrue();
            both.node.call("updateSession", fields("sessionToken", "token", "expires", expires.plus(DAY)));
            assertThat(both.expires()).isEqualTo(expires.plus(DAY));
            run(both.java.updateSession(Secret.of("token"), expires));
            assertThat(date(both.node.call("getSessionAndUser", "token").at("/session/expires")))
                    .isEqualTo(expires);
            if (kind.hasAuthenticators()) {
                authenticators(both, user, account);
            }
            run(both.java.unlinkAccount("github", "1"));
            assertThat(both.node
                            .call("getUserByAccount", fields("provider", "github", "providerAccountId", "1"))
                            .isNull())
                    .isTrue();
            run(both.java.deleteUser(user.id()));
            assertThat(both.node.call("getUser", user.id()).isNull()).isTrue();
            assertThat(both.node.call("getSessionAndUser", "token").isNull()).isTrue();
        }
    }

    private static void authenticators(Sides both, AdapterUser user, AdapterAccount account) {
        assertThat(both.node
                        .call("getAccount", "1", "github")
                        .get("access_token")
                        .asString())
                .isEqualTo("access");
        AdapterAuthenticator key = new AdapterAuthenticator(
                "Y3JlZA==", user.id(), account.providerAccountId(), "cHVibGlj", 7, "multiDevice", true, "usb,nfc");
        run(both.java.createAuthenticator(key));
        JsonNode read = both.node.call("getAuthenticator", "Y3JlZA==");
        assertThat(read.get("credentialBackedUp").isBoolean()).isTrue();
        assertThat(read.get("credentialBackedUp").asBoolean()).isTrue();
        assertThat(read.get("counter").asLong()).isEqualTo(7);
        both.node.call("updateAuthenticatorCounter", "Y3JlZA==", 8);
        assertThat(get(both.java.getAuthenticator("Y3JlZA==")).counter()).isEqualTo(8);
        assertThat(both.node.call("listAuthenticatorsByUserId", user.id())).hasSize(1);
    }
}
