package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rillite.auth.InvalidAuthValueException;
import rillite.auth.SchemaMismatchException;
import rillite.auth.authjs.Site.Kind;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;

/** Tables are known by their columns and declared types; what is wrong is named. */
final class LayoutCheckTests {

    @TempDir
    Path directory;

    private static List<String> problems(Site site) {
        return get(site.adapter.verifySchema()).problems();
    }

    @ParameterizedTest
    @EnumSource
    void createdTables_areSound_andMadeOnce(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            run(site.adapter.createTables());
            site.session(site.user("a@example.com").id(), "t", NOW);
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report).isEqualTo(new LayoutReport(List.of(), List.of(), List.of(), List.of()));
            assertThat(report.isSound()).isTrue();
            assertThat(report.orThrow()).isSameAs(report);
        }
    }

    @Test
    void tablesOfAnotherLayout_areRecognised() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            LayoutReport report = get(AuthJsAdapter.kysely(site.db).verifySchema());

            assertThat(report.problems())
                    .containsExactly("the tables are those of the layout of drizzle: use AuthJsAdapter.drizzle(..)");
            assertThatThrownBy(report::orThrow)
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessageContaining("use AuthJsAdapter.drizzle(..)");
        }
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            assertThat(get(AuthJsAdapter.prisma(site.db, PrismaDates.EPOCH_MS).verifySchema())
                            .problems())
                    .containsExactly("the tables are those of the layout of kysely: use AuthJsAdapter.kysely(..)");
        }
        try (Site site = Site.in(directory, Kind.PRISMA_MS)) {
            assertThat(get(AuthJsAdapter.drizzle(site.db).verifySchema()).problems())
                    .containsExactly("the tables are those of the layout of prisma: use AuthJsAdapter.prisma(..)");
        }
    }

    @Test
    void tablesThatLookLikeAnotherLayout_areRecognised_whatElseIsWrongWithThem() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP INDEX user_email_unique");
            site.raw("DROP TABLE authenticator");
            site.raw("CREATE TABLE authenticator (id text)");
            site.raw("ALTER TABLE account RENAME TO accounts");

            assertThat(problems(site)).noneMatch(problem -> problem.contains("layout of"));
            assertThat(get(AuthJsAdapter.kysely(site.db).verifySchema()).problems())
                    .startsWith("the tables look like those of the layout of drizzle: use AuthJsAdapter.drizzle(..)")
                    .contains("column Session.expires is declared INTEGER and should be TIMESTAMPTZ or TEXT");
        }
        try (Site site = Site.empty(directory, Kind.PRISMA_ISO)) {
            run(site.adapter.table("user", "people").table("session", "visits").createTables());
            assertThat(get(AuthJsAdapter.kysely(site.db)
                                    .table("user", "people")
                                    .table("session", "visits")
                                    .verifySchema())
                            .problems())
                    .startsWith("the tables are those of the layout of prisma: use AuthJsAdapter.prisma(..)");
        }
    }

    @Test
    void missingKey_isMendedByTheStatementThatIsTold() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            AuthJsAdapter renamed = site.adapter.table("user", "app \"users\"");
            run(renamed.createTables());
            site.raw("DROP INDEX \"app \"\"users\"\"_email_unique\"");
            site.raw("CREATE INDEX \"app \"\"users\"\"_email_unique\" ON \"app \"\"users\"\"\" (name)");
            for (int i = 0; i < 2; i++) {
                run(renamed.createUser(AdapterUser.of("a@example.com")));
                run(renamed.createUser(new AdapterUser("none" + i, null, null, null, null)));
            }
            String problem = get(renamed.verifySchema()).problems().get(0);
            String mend = problem.substring(problem.indexOf("CREATE"));
            assertThat(problem)
                    .isEqualTo("key app \"users\"(email) is not unique, and 1 value is there more than once: delete or"
                            + " change such rows first, then run CREATE UNIQUE INDEX \"app \"\"users\"\"_email_unique_2\""
                            + " ON \"app \"\"users\"\"\" (\"email\")");

            site.raw("DELETE FROM \"app \"\"users\"\"\" WHERE rowid = 3");
            site.raw(mend);
            assertThat(get(renamed.verifySchema()).isSound()).isTrue();
        }
    }

    @Test
    void textOfTheError_isOneSentenceOfClauses() {
        try (Site site = Site.empty(directory, Kind.KYSELY)) {
            site.raw("CREATE TABLE Account (userId uuid, type text, provider text, providerAccountId text,"
                    + " refresh_token text, access_token text, expiresat bigint, token_type text, scope text,"
                    + " id_token text, session_state text)");
            LayoutReport report = get(site.adapter.verifySchema());

            assertThatThrownBy(report::orThrow)
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessage("The tables of Auth.js in this file are not as the adapter needs them: table User is"
                            + " missing; column Account.expires_at is missing (did you mean expiresat?); table Session is missing;"
                            + " table VerificationToken is missing. Mend them where their schema is kept, on the Node"
                            + " side.");
        }
    }

    @Test
    void parentThatIsNotTheUser_isNamed() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("ALTER TABLE user RENAME TO people"); // SQLite renames the parent along
            site.raw("CREATE TABLE user (id text PRIMARY KEY, name text, email text UNIQUE, emailVerified integer,"
                    + " image text)");

            assertThat(problems(site))
                    .containsExactlyInAnyOrder(
                            "column account.userId does not reference its user ON DELETE CASCADE",
                            "column session.userId does not reference its user ON DELETE CASCADE",
                            "column authenticator.userId does not reference its user ON DELETE CASCADE");
        }
        try (Site site = Site.empty(directory, Kind.KYSELY)) {
            site.raw("CREATE TABLE Session (sessionToken text UNIQUE, userId uuid REFERENCES user ON DELETE CASCADE,"
                    + " expires text)"); // the key of the parent may go without saying
            run(site.adapter.createTables());
        }
    }

    @Test
    void keysThatSqliteMakesNumbersOf_areNamed() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP TABLE account");
            site.raw("CREATE TABLE account (userId text REFERENCES user (id) ON DELETE CASCADE, type text,"
                    + " provider varchar, providerAccountId bigint, refresh_token, access_token, expires_at, token_type,"
                    + " scope, id_token, session_state, PRIMARY KEY (provider, providerAccountId))");
            assertThat(problems(site))
                    .containsExactly("column account.providerAccountId is declared BIGINT and should be TEXT: SQLite"
                            + " makes numbers of digits, so that '7' and '007', or two of 21 digits, are one");
        }
    }

    @Test
    void databaseWithoutForeignKeys_isAProblem() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            Path other = directory.resolve("other.db");
            Database loose = get(Database.open(other, DatabaseOptions.defaults().driverOption("foreignKeys", "false")));
            try {
                assertThat(get(AuthJsAdapter.drizzle(loose).verifySchema()).problems())
                        .startsWith("foreign keys are off in this Database, and who is deleted would leave accounts and"
                                + " sessions behind: open it without the option foreignKeys=false");
            } finally {
                run(loose.close());
            }
            assertThat(problems(site)).isEmpty();
        }
    }

    @Test
    void restOfTheFile_mayBeBroken() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("CREATE VIEW broken AS SELECT * FROM nowhere");
            site.raw("PRAGMA writable_schema = ON");
            site.raw("INSERT INTO sqlite_schema VALUES ('table', 'ghost', 'ghost', 0,"
                    + " 'CREATE VIRTUAL TABLE ghost USING unknown_module(a)')");
            site.raw("CREATE TABLE moved (a)"); // other connections read the schema again

            assertThat(get(site.adapter.verifySchema()).isSound()).isTrue();
        }
    }

    @Test
    void tableWithoutRowid_isNamed() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP TABLE session");
            site.raw("CREATE TABLE session (sessionToken text PRIMARY KEY NOT NULL, userId text NOT NULL REFERENCES"
                    + " user (id) ON DELETE CASCADE, expires integer NOT NULL) WITHOUT ROWID");
            assertThat(problems(site))
                    .containsExactly("table session is WITHOUT ROWID, and the adapter tells by the rowid which row was"
                            + " first");
        }
    }

    @Test
    void missingAndRenamed_areNamedWithWhatMayBeMeant() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("ALTER TABLE session RENAME COLUMN expires TO expire");
            site.raw("ALTER TABLE verificationToken RENAME TO verification_tokens");
            site.raw("DROP TABLE authenticator");
            site.raw("ALTER TABLE user ADD COLUMN role text NOT NULL DEFAULT 'user'");
            site.raw("DROP INDEX user_email_unique");

            assertThat(problems(site))
                    .containsExactlyInAnyOrder(
                            "column session.expires is missing (did you mean expire?)",
                            "table verificationToken is missing (did you mean verification_tokens? then"
                                    + " .table(\"verificationToken\", \"verification_tokens\"))",
                            "key user(email) is not unique: run CREATE UNIQUE INDEX \"user_email_unique\" ON \"user\""
                                    + " (\"email\")");
        }
    }

    @Test
    void keysInAnotherOrder_areKeys_andExpressionsAreNone() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP TABLE verificationToken");
            site.raw("CREATE TABLE verificationToken (identifier text, token text, expires integer,"
                    + " PRIMARY KEY (token, identifier))");
            assertThat(problems(site)).isEmpty();
            site.raw("DROP INDEX user_email_unique");
            site.raw("CREATE UNIQUE INDEX odd ON user (email, lower(name))");
            assertThat(problems(site))
                    .containsExactly(
                            "key user(email) is not unique: run CREATE UNIQUE INDEX \"user_email_unique\" ON \"user\""
                                    + " (\"email\")");
        }
    }

    @Test
    void columnThatTheAdapterDoesNotWrite_isNamed() {
        try (Site site = Site.empty(directory, Kind.PRISMA_ISO)) {
            // the schema of the version before had ids of its own
            site.raw(
                    "CREATE TABLE User (id TEXT NOT NULL PRIMARY KEY, name TEXT, email TEXT UNIQUE, emailVerified DATETIME,"
                            + " image TEXT)");
            site.raw("CREATE TABLE Session (id TEXT NOT NULL PRIMARY KEY, sessionToken TEXT NOT NULL UNIQUE,"
                    + " userId TEXT NOT NULL REFERENCES User (id), expires DATETIME NOT NULL)");

            assertThat(problems(site))
                    .containsExactlyInAnyOrder(
                            "table Account is missing",
                            "table VerificationToken is missing",
                            "column Session.id is NOT NULL without a default, and no column that the adapter writes",
                            "column Session.userId does not reference its user ON DELETE CASCADE");
        }
    }

    @Test
    void stampsOfPrismasDocumentedSchema_areFilled() {
        try (Site site = Site.in(directory, Kind.PRISMA_MS)) {
            site.raw("DROP TABLE User");
            site.raw("CREATE TABLE User (id TEXT NOT NULL PRIMARY KEY, name TEXT, email TEXT NOT NULL UNIQUE,"
                    + " emailVerified DATETIME, image TEXT, createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                    + " updatedAt DATETIME NOT NULL)");
            assertThat(problems(site)).isEmpty();
            run(site.db.refresh());
            AdapterUser user = site.user("a@example.com");
            run(site.at(NOW.plusSeconds(5))
                    .updateUser(AdapterUserPatch.of(user.id()).name("A")));

            assertThat(site.stored("User", "createdAt", "updatedAt"))
                    .containsExactly(List.of(Kind.PRISMA_MS.stored(NOW), Kind.PRISMA_MS.stored(NOW.plusSeconds(5))));
        }
    }

    @Test
    void rowsThatAreNotAsTheyShouldBe_areCounted() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            String user = site.user("a@example.com").id();
            site.session(user, "well", NOW);
            for (String session : List.of(
                    "'s1', '" + user + "', '2001-01-01 00:00:00'",
                    "'s2', '" + user + "', '2031-01-01T00:00:00.000+00:00'",
                    "'s3', 'nobody', '2031-01-01T00:00:00.000Z'")) {
                site.raw("INSERT INTO Session (sessionToken, userId, expires) VALUES (" + session + ")");
            }
            for (int i = 0; i < 2; i++) {
                site.raw("INSERT INTO Account (userId, type, provider, providerAccountId) VALUES ('" + user
                        + "', 'oauth', 'github', '1')");
            }
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems()).isEmpty();
            assertThat(report.isSound()).isFalse();
            assertThat(report.duplicates())
                    .containsExactly("1 account is linked more than once (Account): the first link counts");
            assertThat(report.orphans()).containsExactly("1 row of Session has no row in User");
            assertThat(report.dates())
                    .containsExactly(
                            "1 of Session.expires in the form of another layout, which is read",
                            "1 of Session.expires in no form that can be read: passed here, but Auth.js may serve them"
                                    + " as valid");
        }
    }

    @Test
    void defaultThatLooksVerified_isTold() {
        try (Site site = Site.empty(directory, Kind.KYSELY)) {
            site.raw("CREATE TABLE User (id varchar PRIMARY KEY, name text, email text NOT NULL UNIQUE,"
                    + " emailVerified timestamptz DEFAULT CURRENT_TIMESTAMP, image text)");
            run(site.adapter.createTables());
            AdapterUser user = site.user("a@example.com");

            assertThat(user.emailVerified()).isNull();
            assertThat(site.stored("User", "emailVerified")).containsExactly(List.of("null"));
            assertThat(get(site.adapter.verifySchema()).dates())
                    .singleElement()
                    .asString()
                    .contains("User.emailVerified has the default CURRENT_TIMESTAMP");
        }
    }

    @ParameterizedTest
    @EnumSource
    void renamedTables_areUsed(Kind kind) {
        try (Site site = Site.empty(directory, kind)) {
            AuthJsAdapter renamed = site.adapter
                    .table("user", "app users")
                    .table(kind.session, "app \"sessions\"")
                    .table(kind.account, "accounts");
            run(renamed.createTables());
            AdapterUser user = get(renamed.createUser(AdapterUser.of("a@example.com")));
            AdapterSession session = get(renamed.startSession(user.id()));

            assertThat(get(renamed.verifySchema()).isSound()).isTrue();
            assertThat(get(renamed.getSessionAndUser(session.sessionToken())))
                    .isEqualTo(new SessionAndUser(session, user));
            assertThat(site.count("app users")).isEqualTo(1);
            assertThat(get(site.adapter.verifySchema()).problems())
                    .contains("table " + kind.account + " is missing (did you mean accounts? then .table(\""
                            + kind.account + "\", \"accounts\"))");
        }
    }

    @Test
    void wrongNamesOfTables_areRefused() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            assertThatThrownBy(() -> site.adapter.table("sessions", "s"))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining("There is no table sessions in the layout of drizzle. Did you mean session?");
            assertThatThrownBy(() -> site.adapter.table("session", "ACCOUNT"))
                    .isInstanceOf(InvalidAuthValueException.class)
                    .hasMessageContaining("nor that of another table");
        }
    }

    @Test
    void keyOfAnotherCollation_isNamed() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            site.raw("CREATE TABLE session (sessionToken text COLLATE NOCASE PRIMARY KEY NOT NULL, userId text NOT NULL"
                    + " REFERENCES user (id) ON DELETE CASCADE, expires integer NOT NULL)");
            site.raw(
                    "CREATE TABLE user (id text PRIMARY KEY COLLATE RTRIM, name text, email text UNIQUE COLLATE NOCASE,"
                            + " emailVerified integer, image text)");
            assertThat(problems(site))
                    .contains(
                            "column session.sessionToken has a unique key with another collation than BINARY, to which"
                                    + " 'abc' and 'AbC' are one: leave COLLATE out of the table",
                            "column user.id has a unique key with another collation than BINARY, to which 'abc' and"
                                    + " 'AbC' are one: leave COLLATE out of the table")
                    .noneMatch(problem -> problem.contains("email"));
        }
    }

    @Test
    void userNumberedByTheTable_isNamed_andNoIndexIsTold() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP TABLE user");
            site.raw("CREATE TABLE user (id INTEGER PRIMARY KEY, name text, email text UNIQUE, emailVerified integer,"
                    + " image text)");
            assertThat(problems(site))
                    .containsExactly("column user.id is declared INTEGER and should be TEXT: ids are UUIDs");
        }
    }

    @Test
    void renamedUsers_areNamedWithTheCall_andTheirReferencesAreNotDoubted() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("ALTER TABLE user RENAME TO users");

            assertThat(problems(site))
                    .containsExactly("table user is missing (did you mean users? then .table(\"user\", \"users\"))");
            assertThat(get(site.adapter.table("user", "users").verifySchema()).isSound())
                    .isTrue();
        }
    }

    @Test
    void keyThatRefusesTooMuch_isNamed_andNoIndexIsTold() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP TABLE verificationToken");
            site.raw("CREATE TABLE verificationToken (identifier text NOT NULL, token text NOT NULL,"
                    + " expires integer NOT NULL, PRIMARY KEY (identifier))");
            site.raw("CREATE UNIQUE INDEX one ON account (provider)");
            assertThat(problems(site))
                    .containsExactly(
                            "column account.provider is unique by itself: a second account with one provider is refused,"
                                    + " and the key should be one of (provider,providerAccountId)",
                            "column verificationToken.identifier is unique by itself: a second token of one address is"
                                    + " refused, and the key should be one of (identifier,token)");
        }
    }
}
