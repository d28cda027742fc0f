package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.auth.SchemaMismatchException;
import rillite.auth.authjs.Site.Kind;

/** What the check of a layout says of rows: counted wherever the columns permit, never passed over in silence. */
final class LayoutRowsTests {

    private static final String PASSED =
            " in no form that can be read: passed here, but Auth.js may serve them as valid";

    @TempDir
    Path directory;

    private static void session(Site site, String user, String token, String expires) {
        site.raw("INSERT INTO \"" + site.kind.session + "\" (sessionToken, userId, expires) VALUES ('" + token + "', '"
                + user + "', " + expires + ")");
    }

    @Test
    void rows_areCounted_whereAnotherColumnIsWrong() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            String user = site.user("a@example.com").id();
            site.raw("DROP INDEX user_email_unique");
            site.raw("PRAGMA foreign_keys = OFF");
            session(site, user, "s1", "'2001-01-01 00:00:00'");
            session(site, "nobody", "s2", "4070908800000");
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems()).singleElement().asString().startsWith("key user(email) is not unique");
            assertThat(report.duplicates()).isEmpty();
            assertThat(report.orphans()).containsExactly("1 row of session has no row in user");
            assertThat(report.dates()).containsExactly("1 of session.expires" + PASSED);
        }
    }

    @Test
    void rows_thatCannotBeLookedAt_areNamed() {
        try (Site site = Site.in(directory, Kind.KYSELY)) {
            site.raw("ALTER TABLE Session RENAME COLUMN expires TO ends");
            site.raw("ALTER TABLE Account RENAME COLUMN provider TO supplier");
            site.raw("ALTER TABLE Account RENAME COLUMN userId TO owner");
            site.raw("DROP TABLE VerificationToken");
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.duplicates())
                    .containsExactly("not looked at: Account, for column Account.provider is missing");
            assertThat(report.orphans())
                    .containsExactly("not looked at: Account, for column Account.userId is missing");
            assertThat(report.dates())
                    .containsExactly(
                            "not looked at: Session.expires, for column Session.expires is missing",
                            "not looked at: VerificationToken.expires, for table VerificationToken is missing");
        }
    }

    @ParameterizedTest
    @EnumSource
    void emptyFile_isNowhereSaidToBeWell(Kind kind) {
        try (Site site = Site.empty(directory, kind)) {
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.duplicates()).hasSize(1).allMatch(said -> said.startsWith("not looked at: "));
            assertThat(report.orphans()).hasSize(2).allMatch(said -> said.startsWith("not looked at: "));
            assertThat(report.dates()).hasSize(3).allMatch(said -> said.startsWith("not looked at: "));
            assertThat(report.problems()).hasSize(4).allMatch(said -> said.endsWith(" is missing"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000", "1893456000", "1893456000.25", "99999999999"})
    void dateInSeconds_isAProblem(String seconds) {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            String user = site.user("a@example.com").id();
            site.session(user, "well", NOW);
            session(site, user, "s", seconds);
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems())
                    .containsExactly(
                            "column session.expires looks like seconds (1 date), and the layout has milliseconds"
                                    + " (timestamp_ms): set that mode on the Node side, else what is written here never"
                                    + " ends there, and then run "
                                    + (seconds.contains(".")
                                            ? "UPDATE \"session\" SET \"expires\" = CAST(\"expires\" * 1000 AS INTEGER)"
                                                    + " WHERE typeof(\"expires\") IN ('integer', 'real')"
                                            : "UPDATE \"session\" SET \"expires\" = \"expires\" * 1000"
                                                    + " WHERE typeof(\"expires\") = 'integer'")
                                    + " AND \"expires\" BETWEEN 100000000 AND 99999999999");
            assertThat(report.dates()).containsExactly("1 of session.expires in seconds, by their size: passed here");
            assertThat(find(site.adapter.authenticate("s"))).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "99999999", "-1893456000", "9e999", "-9e999", "'1893456000s'", "x'31'"})
    void numberThatIsNoDateInSeconds_isOnlyUnreadable(String number) {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            session(site, site.user("a@example.com").id(), "s", number);
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems()).isEmpty();
            assertThat(report.dates()).containsExactly("1 of session.expires" + PASSED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"KYSELY", "PRISMA_ISO", "PRISMA_MS"})
    void secondsInOtherLayouts_sayWhatTheLayoutHas(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            String user = site.user("a@example.com").id();
            session(site, user, "s1", "1893456000");
            session(site, user, "s2", "1893456001");

            assertThat(get(site.adapter.verifySchema()).problems())
                    .singleElement()
                    .asString()
                    .startsWith("column Session.expires looks like seconds (2 dates), and the layout has "
                            + switch (kind) {
                                case KYSELY -> "texts such as 2030-01-01T00:00:00.123Z: rewrite them";
                                case PRISMA_ISO -> "texts such as 2030-01-01T00:00:00.123+00:00: rewrite them";
                                default -> "milliseconds (unixepoch-ms): set that mode";
                            });
        }
    }

    @Test
    void verificationInSeconds_isAProblem() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            AdapterUser user = site.user("a@example.com");
            site.raw("UPDATE user SET emailVerified = 1893456000");
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "column user.emailVerified looks like seconds (1 date), and the layout has milliseconds")
                    .contains("else what is written here is a date far ahead there")
                    .endsWith("UPDATE \"user\" SET \"emailVerified\" = \"emailVerified\" * 1000 WHERE"
                            + " typeof(\"emailVerified\") = 'integer' AND \"emailVerified\" BETWEEN 100000000 AND"
                            + " 99999999999");
            assertThat(report.dates())
                    .containsExactly("1 of user.emailVerified in seconds, by their size: unverified here");
            assertThat(get(site.adapter.getUser(user.id())).emailVerified()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unreadableVerification_isSaidToBeUnverified(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            site.user("a@example.com");
            site.raw("UPDATE \"" + kind.user + "\" SET emailVerified = '2024-01-01 00:00:00'");

            assertThat(get(site.adapter.verifySchema()).dates())
                    .containsExactly(
                            "1 of " + kind.user + ".emailVerified in no form that can be read: unverified here,"
                                    + " but Auth.js may take them for verified");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2099-13-01T00:00:00.000",
                "2099-02-30T00:00:00.000",
                "2099-00-10T00:00:00.000",
                "0000-01-01T00:00:00.000",
                "2099-01-01T24:00:00.000",
                "2099-01-01T23:59:60.000"
            })
    void dateOfTheRightForm_thatIsNone_isCounted(String moment) {
        for (Kind kind : List.of(Kind.KYSELY, Kind.PRISMA_ISO)) {
            try (Site site = Site.in(directory, kind)) {
                String zone = kind == Kind.KYSELY ? "Z" : "+00:00";
                session(site, site.user("a@example.com").id(), "s", "'" + moment + zone + "'");
                session(
                        site,
                        get(site.adapter.getUserByEmail("a@example.com")).id(),
                        "n",
                        "'2099-01-01T00:00:00.000" + zone + "' || char(0)");

                assertThat(get(site.adapter.verifySchema()).dates())
                        .as(kind + " " + moment)
                        .containsExactly("2 of Session.expires" + PASSED);
                assertThat(find(site.adapter.authenticate("s"))).isNull();
            }
        }
    }

    @Test
    void datesOfAllKinds_areTheLayoutsOwn() {
        for (Kind kind : Kind.values()) {
            try (Site site = Site.in(directory, kind)) {
                String user = site.user("a@example.com").id();
                for (String date : List.of(
                        "2028-02-29T23:59:59.999Z",
                        "2030-12-31T00:00:00.001Z",
                        "2001-01-01T12:34:56.789Z",
                        "9999-12-31T23:59:59.999Z")) {
                    site.session(user, "of year " + date.substring(0, 4), Instant.parse(date));
                }
                assertThat(get(site.adapter.verifySchema()).isSound()).isTrue();
            }
        }
    }

    @Test
    void missingEnd_isCounted_andMissingVerificationIsNot() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            String user = site.user("a@example.com").id();
            site.raw("DROP TABLE session");
            site.raw("CREATE TABLE session (sessionToken text PRIMARY KEY, userId text REFERENCES user (id)"
                    + " ON DELETE CASCADE, expires integer)");
            session(site, user, "s", "NULL");
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems()).isEmpty();
            assertThat(report.dates()).containsExactly("1 of session.expires" + PASSED);
        }
    }

    @Test
    void defaultsOfDates_areTold_unlessTheyAreNull() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            site.raw("CREATE TABLE user (id text PRIMARY KEY NOT NULL, name text, email text,"
                    + " emailVerified integer DEFAULT NULL, image text)");
            site.raw("CREATE TABLE session (sessionToken text PRIMARY KEY NOT NULL, userId text NOT NULL REFERENCES"
                    + " user (id) ON DELETE CASCADE, expires integer NOT NULL DEFAULT (unixepoch() * 1000))");
            run(site.adapter.createTables());

            assertThat(get(site.adapter.verifySchema()).dates())
                    .containsExactly("column session.expires has the default unixepoch() * 1000: a row that is written"
                            + " without it ends when nobody said, or never");
        }
    }

    @Test
    void reportOfSeconds_stopsTheStart() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            session(site, site.user("a@example.com").id(), "s", "1893456000");

            fails(
                    site.adapter.verifySchema().map(LayoutReport::orThrow),
                    SchemaMismatchException.class,
                    "looks like seconds");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1893456000", "1893456000.1", "100000000", "99999999999"})
    void statementThatIsTold_mendsSecondsOnly(String seconds) {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            AuthJsAdapter renamed = site.adapter.table("session", "my \"visits\"");
            run(renamed.createTables());
            String user = site.user("a@example.com").id();
            for (String date : List.of(seconds, "1893456000123")) {
                site.raw("INSERT INTO \"my \"\"visits\"\"\" VALUES ('" + date + "', '" + user + "', " + date + ")");
            }
            String problem = get(renamed.verifySchema()).problems().get(0);
            site.raw(problem.substring(problem.indexOf("UPDATE")));

            assertThat(get(renamed.verifySchema()).isSound()).isTrue();
            assertThat(site.query("SELECT expires FROM \"my \"\"visits\"\"\" ORDER BY rowid"))
                    .containsExactly(
                            List.of(seconds.contains(".") ? "1893456000100" : seconds + "000"),
                            List.of("1893456000123"));
        }
    }

    @Test
    void dateFarBeyond_isAProblem_andMendedByTheStatementThatIsTold() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            session(site, site.user("a@example.com").id(), "s", "1893456000123000");
            LayoutReport report = get(site.adapter.verifySchema());

            assertThat(report.problems())
                    .containsExactly(
                            "column session.expires has 1 date after the year 9999, which Auth.js may serve for"
                                    + " ever: if milliseconds were multiplied by 1000, run UPDATE \"session\" SET \"expires\" ="
                                    + " \"expires\" / 1000 WHERE typeof(\"expires\") = 'integer' AND \"expires\" >"
                                    + " 253402300799999");
            assertThat(report.dates()).containsExactly("1 of session.expires" + PASSED);
            site.raw(report.problems().get(0).substring(report.problems().get(0).indexOf("UPDATE")));
            assertThat(get(site.adapter.verifySchema()).isSound()).isTrue();
        }
    }
}
