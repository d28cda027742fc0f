package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.PATIENCE;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.auth.AccountLinkedElsewhereException;
import rillite.auth.EmailTakenException;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.SchemaMismatchException;
import rillite.auth.Secret;
import rillite.auth.UnknownUserException;
import rillite.auth.authjs.Site.Kind;
import rillite.core.testing.Await;
import rillite.querysets.Database;

/** Files that other programs have written into, and values that they would misread. */
final class HostileFilesTests {

    private static final Secret TOKEN = Secret.of("token");

    @TempDir
    Path directory;

    private final Heard heard = Heard.of(AuthJsAdapter.class);

    @AfterEach
    void close() {
        heard.close();
    }

    private static void fails(Mono<?> work, Class<? extends Throwable> type) {
        StepVerifier.create(work).expectError(type).verify(PATIENCE);
    }

    private static void session(Site site, String expires) {
        String user = site.user("a@example.com").id();
        site.raw("PRAGMA ignore_check_constraints = ON");
        if (expires.equals("NULL")) {
            // a table by hand, without NOT NULL
            site.raw("DROP TABLE \"" + site.kind.session + "\"");
            site.raw("CREATE TABLE \"" + site.kind.session + "\" (sessionToken text, userId text, expires)");
        }
        site.raw("INSERT INTO \"" + site.kind.session + "\" (sessionToken, userId, expires) VALUES ('token', '" + user
                + "', " + expires + ")");
    }

    private void reads(Kind kind, String stored, Instant expected) {
        try (Site site = Site.in(directory, kind)) {
            session(site, stored);
            assertThat(get(site.adapter.getSessionAndUser(TOKEN)).session().expires())
                    .as(kind + " " + stored)
                    .isEqualTo(expected);
            assertThat(find(site.adapter.authenticate("token")) != null)
                    .as(kind + " " + stored)
                    .isEqualTo(expected.isAfter(NOW));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'2030-02-01T00:00:00.123Z', 2030-02-01T00:00:00.123Z",
        "'2030-02-01T00:00:00.123+00:00', 2030-02-01T00:00:00.123Z",
        "'2030-02-01T02:00:00+02:00', 2030-02-01T00:00:00Z",
        "'2030-02-01T00:00Z', 2030-02-01T00:00:00Z",
        "'2030-02-01T00:00:00.123999999Z', 2030-02-01T00:00:00.123Z",
        "1896134400123, 2030-02-01T00:00:00.123Z",
        "'2001-01-01T00:00:00.000Z', 2001-01-01T00:00:00Z",
        "978307200000, 2001-01-01T00:00:00Z",
    })
    void dateThatSaysItsZone_isReadInAllLayouts(String stored, Instant expected) {
        for (Kind kind : Kind.values()) {
            reads(kind, stored.contains("-") ? "'" + stored + "'" : stored, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'2099-01-01 00:00:00'",
                "'2099-01-01T00:00:00'",
                "'2099-01-01T00:00'",
                "'2099-01-01'",
                "'2099-13-01T00:00:00Z'",
                "'2099-01-01T00:00:00Z '",
                "'2099-01-01T00:00:00.000Z' || char(0) || 'x'",
                "'2099-01-01T24:00:00.000Z'",
                "'x2099-01-01T00:00:00Z'",
                "'+12099-01-01T00:00:00Z'",
                "4070908800",
                "40709088000.5",
                "4070908800000.5",
                "9223372036854775807",
                "-4070908800000",
                "'garbage'",
                "''",
                "x'323039392d30312d30315430303a30303a30305a'",
                "NULL",
            })
    void dateThatIsInDoubt_hasPassedInAllLayouts(String stored) {
        for (Kind kind : Kind.values()) {
            reads(kind, stored, Instant.EPOCH);
        }
    }

    @Test
    void millisecondsAsText_havePassed_whereTheColumnKeepsThemText() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            session(site, "'4070908800000'"); // timestamptz makes a number of it
            assertThat(find(site.adapter.authenticate("token"))).isNotNull();
            site.raw("DROP TABLE Session");
            site.raw("CREATE TABLE Session (sessionToken text, userId text, expires text)");
            site.raw("INSERT INTO Session SELECT 'token', id, '4070908800000' FROM User");
            assertThat(find(site.adapter.authenticate("token"))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unreadableVerification_isNone_andTokensHavePassed(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = site.user("a@example.com");
            site.raw("UPDATE \"" + kind.user + "\" SET emailVerified = '2024-01-01 00:00:00'");
            assertThat(get(site.adapter.getUser(user.id())).emailVerified()).isNull();

            Secret secret = Secret.of("s".repeat(32));
            Secret raw = get(site.adapter.issueMagicLink("A@Example.com", secret, Duration.ofMinutes(10)));
            site.raw("UPDATE \"" + kind.verification + "\" SET expires = '2099-01-01 00:00:00'");
            assertThat(find(site.adapter.redeemMagicLink("a@example.com", raw.expose(), secret)))
                    .isNull();
            assertThat(site.count(kind.verification)).isZero();
        }
    }

    @Test
    void warning_isGivenOnce_andNamesTheColumn() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            session(site, "'2099-01-01 00:00:00'");
            for (int i = 0; i < 3; i++) {
                run(site.adapter.getSessionAndUser(TOKEN));
            }

            assertThat(heard.texts())
                    .singleElement()
                    .asString()
                    .contains("Session.expires", "storage class text")
                    .doesNotContain("2099");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "00123", "1e5", "-7", "+7.5", ".5", " 123 ", "123 "})
    void idThatIsANumber_isRefusedAtOnce(String id) {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            assertThatThrownBy(() -> site.adapter.createUser(new AdapterUser(id, null, "a@example.com", null, null)))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining("number");
            assertThatThrownBy(() -> site.adapter.createSession(new AdapterSession(TOKEN, id, NOW)))
                    .isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> site.adapter.linkAccount(AdapterAccount.of(id, "oauth", "github", "1")))
                    .isInstanceOf(InvalidAuthValueException.class);
            assertThat(site.count("User")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void idThatIsANumberInTheFile_isStillRead(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            site.raw("INSERT INTO \"" + kind.user + "\" (id, email) VALUES ('123', 'old@example.com')");
            site.raw("INSERT INTO \"" + kind.session + "\" (sessionToken, userId, expires) VALUES ('token', '123', "
                    + "'2031-01-01T00:00:00.000Z')");

            SessionAndUser found = get(site.adapter.authenticate("token"));
            assertThat(found.user().id()).isEqualTo("123");
            assertThat(found.session().userId()).isEqualTo("123");
        }
    }

    @Test
    void rowsOfKysely_haveNoIds_andTheFirstOfTwoLinksCounts() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            AdapterUser first = site.user("first@example.com");
            AdapterUser second = site.user("second@example.com");
            for (AdapterUser user : List.of(first, second)) {
                site.raw("INSERT INTO Account (userId, type, provider, providerAccountId) VALUES ('" + user.id()
                        + "', 'oauth', 'github', '1')");
            }
            site.session(first.id(), "token", NOW.plusSeconds(60));

            assertThat(site.stored("Account", "id")).containsExactly(List.of("null"), List.of("null"));
            assertThat(site.stored("Session", "id")).containsExactly(List.of("null"));
            assertThat(get(site.adapter.getUserByAccount("github", "1"))).isEqualTo(first);
            assertThat(get(site.adapter.getAccount("1", "github")).userId()).isEqualTo(first.id());
            assertThat(find(site.adapter.authenticate("token"))).isNotNull();
            run(site.adapter.unlinkAccount("github", "1"));
            assertThat(site.count("Account")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void secondLink_isRefused_whateverTheKeysOfTheLayout(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            String ada = site.user("ada@example.com").id();
            String bob = site.user("bob@example.com").id();
            run(site.adapter.linkAccount(AdapterAccount.of(ada, "oauth", "github", "1")));

            fails(
                    site.adapter.linkAccount(AdapterAccount.of(bob, "oauth", "github", "1")),
                    AccountLinkedElsewhereException.class);
            fails(
                    site.adapter.linkAccount(AdapterAccount.of("nobody", "oauth", "github", "2")),
                    UnknownUserException.class);
            fails(site.adapter.createSession(new AdapterSession(TOKEN, "nobody", NOW)), UnknownUserException.class);
            fails(site.adapter.startSession("nobody"), UnknownUserException.class);
            fails(site.adapter.createUser(AdapterUser.of("ada@example.com")), EmailTakenException.class);
            fails(
                    site.adapter.updateUser(AdapterUserPatch.of(bob).email("ada@example.com")),
                    EmailTakenException.class);
            fails(site.adapter.updateUser(AdapterUserPatch.of("nobody").name("x")), UnknownUserException.class);
            fails(site.adapter.updateUser(AdapterUserPatch.of("nobody")), UnknownUserException.class);
            // an exact match: other letters are another address, as in Auth.js
            assertThat(site.user("ADA@example.com").email()).isEqualTo("ADA@example.com");
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesThatNodeWouldMisread_areRefusedAtOnce(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            AdapterUser user = AdapterUser.of("a@example.com");
            assertThatThrownBy(() -> site.adapter.createUser(user.name("a\0b")))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining(kind.user + ".name");
            assertThatThrownBy(() -> site.adapter.createUser(user.name("\ud800")))
                    .isInstanceOf(InvalidAuthValueException.class);
            assertThatThrownBy(() -> site.adapter.createUser(user.emailVerified(Instant.MAX)))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining(kind.user + ".emailVerified");
            assertThatThrownBy(() -> site.adapter.updateSession(TOKEN, Instant.parse("-0001-01-01T00:00:00Z")))
                    .isInstanceOf(InvalidAuthValueException.class);
            if (kind == Kind.KYSELY) {
                assertThatThrownBy(() -> site.adapter.createUser(user.name("born 2024-01-01T00:00:00Z")))
                        .isInstanceOf(InvalidAuthValueException.class)
                        .hasMessageContaining("User.name", "kysely");
            } else {
                assertThat(get(site.adapter.createUser(user.name("2024-01-01T00:00:00Z")))
                                .name())
                        .isEqualTo("2024-01-01T00:00:00Z");
            }
            if (kind == Kind.DRIZZLE) {
                AdapterUser nobody = new AdapterUser("nobody", null, null, null, null);
                assertThat(get(site.adapter.createUser(nobody))).isEqualTo(nobody);
            } else {
                assertThatThrownBy(() -> site.adapter.createUser(new AdapterUser("nobody", null, null, null, null)))
                        .isInstanceOf(InvalidAuthValueException.class)
                        .hasMessageContaining("e-mail");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\ud800", "' OR 1=1 --", "token\0"})
    void oddTokens_findNothing(String token) {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.session(site.user("a@example.com").id(), "token", NOW.plusSeconds(60));
            for (String one : List.of(token, token + "x".repeat(200_000))) {
                assertThat(find(site.adapter.authenticate(one))).isNull();
                assertThat(find(site.adapter.getSessionAndUser(Secret.of(one)))).isNull();
                assertThat(find(site.adapter.useVerificationToken("a@example.com", Secret.of(one))))
                        .isNull();
                assertThat(find(site.adapter.getUserByEmail(one))).isNull();
                run(site.adapter.deleteSession(Secret.of(one)));
            }
            assertThat(find(site.adapter.authenticate(null))).isNull();
            assertThat(site.count("session")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void userDeletedWithoutForeignKeys_leavesNobodySignedIn(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            String user = site.user("a@example.com").id();
            site.session(user, "token", NOW.plusSeconds(60));
            run(site.adapter.linkAccount(AdapterAccount.of(user, "oauth", "github", "1")));
            site.raw("PRAGMA foreign_keys = OFF");
            site.raw("DELETE FROM \"" + kind.user + "\"");

            assertThat(find(site.adapter.authenticate("token"))).isNull();
            assertThat(find(site.adapter.getSessionAndUser(TOKEN))).isNull();
            assertThat(find(site.adapter.getUserByAccount("github", "1"))).isNull();
            assertThat(get(site.adapter.verifySchema()).orphans()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"'1900000000', 1900000000", "1.9e9, 1900000000", "NULL,", "'soon',", "1.5,", "1e300,"})
    void secondsOfAnAccount_inAnyStorageClass_areReadOrMissing(String stored, @Nullable Long expected) {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            String user = site.user("a@example.com").id();
            site.raw("DROP TABLE Account");
            site.raw("CREATE TABLE Account AS SELECT '" + user
                    + "' AS userId, 'oauth' AS type, 'github' AS provider, '1' AS providerAccountId, NULL AS refresh_token,"
                    + " NULL AS access_token, NULL AS token_type, NULL AS scope, NULL AS id_token, NULL AS session_state, "
                    + stored + " AS expires_at");
            AdapterAccount account = get(site.adapter.getAccount("1", "github"));
            assertThat(account.expiresAt()).isEqualTo(expected == null ? null : Instant.ofEpochSecond(expected));
        }
    }

    @Test
    void accountInAColumnOfNumbers_isNeverThatOfAnother() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            String first = "110248495921238986420";
            String second = "110248495921238986421";
            String user = site.user("a@example.com").id();
            site.raw("DROP TABLE Account");
            site.raw("CREATE TABLE Account (userId uuid, type text, provider text, providerAccountId bigint,"
                    + " refresh_token, access_token, expires_at, token_type, scope, id_token, session_state)");
            run(site.adapter.linkAccount(AdapterAccount.of(user, "oidc", "google", first)));
            run(site.adapter.linkAccount(AdapterAccount.of(user, "oauth", "github", "7")));

            assertThat(site.query("SELECT count(*) FROM Account WHERE providerAccountId = '" + second + "'"))
                    .containsExactly(List.of("1"));
            assertThat(find(site.adapter.getUserByAccount("google", second))).isNull();
            assertThat(find(site.adapter.getAccount(second, "google"))).isNull();
            assertThat(find(site.adapter.getUserByAccount("github", "007"))).isNull();
            assertThat(get(site.adapter.getUserByAccount("github", "7")).id()).isEqualTo(user);
        }
    }

    @Test
    void layoutWithoutAuthenticators_saysSo() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            assertThatThrownBy(() -> site.adapter.getAuthenticator("a"))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining("AuthStore.passkeys()");
        }
    }

    @ParameterizedTest
    @EnumSource
    void fileWithoutTables_isSaidToBeThat(Kind kind) {
        try (Site site = Site.empty(directory, kind)) {
            AuthJsAdapter adapter = site.adapter;
            for (Mono<?> call : List.of(
                    adapter.createUser(AdapterUser.of("a@example.com")),
                    adapter.getUserByEmail("a@example.com"),
                    adapter.updateUser(AdapterUserPatch.of("a").name("A")),
                    adapter.deleteUser("a"),
                    adapter.linkAccount(AdapterAccount.of("a", "oauth", "github", "1")),
                    adapter.getUserByAccount("github", "1"),
                    adapter.startSession("a"),
                    adapter.authenticate("token"),
                    adapter.issueMagicLink("a@example.com", Secret.of("secret"), Duration.ofMinutes(10)),
                    adapter.redeemMagicLink("a@example.com", "token", Secret.of("secret")))) {
                Await.fails(
                        call,
                        SchemaMismatchException.class,
                        "The tables of Auth.js in this file are not as the adapter needs them: no such table: ",
                        ". verifySchema() names all that is wrong; createTables() makes the tables of a new file.");
            }
        }
    }

    @Test
    void missingColumn_isAnError_neverAText() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            String user = site.user("a@example.com").id();
            site.session(user, "token", NOW.plusSeconds(60));
            site.raw("ALTER TABLE session RENAME COLUMN expires TO ends");
            Await.fails(
                    site.adapter.authenticate("token"),
                    SchemaMismatchException.class,
                    "no such column: session.expires. verifySchema() names");
            // known when the file was opened
            Database again = Await.get(Database.open(site.file));
            try {
                Await.fails(
                        AuthJsAdapter.drizzle(again).authenticate("token"),
                        SchemaMismatchException.class,
                        "no such column: session.expires. verifySchema() names");
            } finally {
                run(again.close());
            }
        }
    }

    @Test
    void keysOfAnotherCollation_areComparedExactly() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            site.raw("CREATE TABLE user (id text COLLATE NOCASE PRIMARY KEY NOT NULL, name text,"
                    + " email text COLLATE NOCASE UNIQUE, emailVerified integer, image text)");
            site.raw("CREATE TABLE account (userId text COLLATE NOCASE, type text, provider text COLLATE NOCASE,"
                    + " providerAccountId text COLLATE NOCASE, refresh_token, access_token, expires_at, token_type, scope,"
                    + " id_token, session_state, PRIMARY KEY (provider, providerAccountId))");
            site.raw(
                    "CREATE TABLE session (sessionToken text COLLATE NOCASE PRIMARY KEY, userId text, expires integer)");
            site.raw("CREATE TABLE verificationToken (identifier text COLLATE NOCASE, token text COLLATE NOCASE,"
                    + " expires integer, PRIMARY KEY (identifier, token))");
            AuthJsAdapter adapter = site.adapter;
            run(adapter.createUser(new AdapterUser("ada", null, "a@example.com", null, null)));
            site.session("ada", "AbC", NOW.plusSeconds(60));
            site.session("ADA", "other", NOW.plusSeconds(60));
            run(adapter.linkAccount(AdapterAccount.of("ada", "oauth", "github", "Id")));
            run(adapter.createVerificationToken(new VerificationToken("a@example.com", Secret.of("ff"), NOW)));

            for (Mono<?> found : List.of(
                    adapter.authenticate("abc"),
                    adapter.authenticate("other"),
                    adapter.getSessionAndUser(Secret.of("ABC")),
                    adapter.updateSession(Secret.of("abc"), NOW),
                    adapter.getUser("Ada"),
                    adapter.getUserByEmail("A@example.com"),
                    adapter.getAccount("id", "github"),
                    adapter.getUserByAccount("GitHub", "Id"),
                    adapter.useVerificationToken("a@example.com", Secret.of("FF")),
                    adapter.useVerificationToken("A@example.com", Secret.of("ff")))) {
                assertThat(find(found)).isNull();
            }
            fails(adapter.updateUser(AdapterUserPatch.of("Ada").name("x")), UnknownUserException.class);
            run(adapter.deleteUser("Ada"));
            run(adapter.deleteSession(Secret.of("abc")));
            run(adapter.unlinkAccount("github", "id"));
            assertThat(find(adapter.authenticate("AbC"))).isNotNull();
            assertThat(find(adapter.getUserByAccount("github", "Id"))).isNotNull();
            assertThat(find(adapter.useVerificationToken("a@example.com", Secret.of("ff"))))
                    .isNotNull();
        }
    }
}
