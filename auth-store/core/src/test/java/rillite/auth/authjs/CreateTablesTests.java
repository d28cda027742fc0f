package rillite.auth.authjs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.auth.authjs.Site.NOW;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rillite.auth.SchemaMismatchException;
import rillite.auth.authjs.Site.Kind;

/** Tables are made on a file that is empty or has some of the same layout; else nothing is done to it. */
final class CreateTablesTests {

    private static final String SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name";

    @TempDir
    Path directory;

    private static Stream<Kind> others(Kind kind) {
        return Stream.of(Kind.KYSELY, Kind.DRIZZLE, Kind.PRISMA_ISO)
                .filter(other -> !other.user.equals(kind.user) || (other == Kind.KYSELY) != (kind == Kind.KYSELY));
    }

    @ParameterizedTest
    @EnumSource
    void fileOfAnotherLayout_isLeftAsItWas(Kind kind) {
        try (Site site = Site.in(directory, kind)) {
            site.session(site.user("a@example.com").id(), "t", NOW);
            List<List<String>> before = site.query(SCHEMA);

            others(kind).forEach(other -> {
                fails(
                        other.on(site.db).createTables(),
                        SchemaMismatchException.class,
                        "the tables are those of the layout of "
                                + kind.name().replaceAll("_.*", "").toLowerCase());
                assertThat(site.query(SCHEMA)).as(other.name()).isEqualTo(before);
            });
            assertThat(get(site.adapter.verifySchema()).isSound()).isTrue();
        }
    }

    @Test
    void partsOfAnotherLayout_areEnoughToRefuse() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            site.raw("CREATE TABLE session (sessionToken text PRIMARY KEY, userId text, expires integer NOT NULL)");

            fails(
                    AuthJsAdapter.kysely(site.db).createTables(),
                    SchemaMismatchException.class,
                    "column Session.expires is declared INTEGER and should be TIMESTAMPTZ or TEXT");
            assertThat(site.query("SELECT name FROM sqlite_schema WHERE type = 'table'"))
                    .containsExactly(List.of("session"));
        }
    }

    @Test
    void missingColumnOfAnIndex_isSaidByTheSchemaError() {
        try (Site site = Site.empty(directory, Kind.DRIZZLE)) {
            site.raw(
                    "CREATE TABLE user (id text PRIMARY KEY, name text, mail text, emailVerified integer, image text)");

            fails(
                    site.adapter.createTables(),
                    SchemaMismatchException.class,
                    "The tables of Auth.js in this file are not as the adapter needs them: column user.email is missing"
                            + " (did you mean mail?). Mend");
            assertThat(site.query("SELECT name FROM sqlite_schema WHERE type = 'table'"))
                    .containsExactly(List.of("user"));
        }
    }

    @Test
    void keyThatDuplicatesForbid_isSaidByTheSchemaError() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("DROP INDEX user_email_unique");
            site.user("a@example.com");
            site.user("a@example.com");
            List<List<String>> before = site.query(SCHEMA);

            fails(
                    site.adapter.createTables(),
                    SchemaMismatchException.class,
                    "key user(email) is not unique, and 1 value is there more than once: delete or change such rows"
                            + " first, then run CREATE UNIQUE INDEX \"user_email_unique\" ON \"user\" (\"email\").");
            assertThat(site.query(SCHEMA)).isEqualTo(before);

            site.raw("DELETE FROM user WHERE rowid = 2");
            run(site.adapter.createTables());
            assertThat(get(site.adapter.verifySchema()).isSound()).isTrue();
        }
    }

    @Test
    void datesInSeconds_areRefused() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            site.raw("INSERT INTO verificationToken VALUES ('a@example.com', 't', 1893456000)");

            fails(
                    site.adapter.createTables(),
                    SchemaMismatchException.class,
                    "column verificationToken.expires looks like seconds");
        }
    }

    @Test
    void insideATransaction_onlyTheTablesAreTakenBack() {
        try (Site site = Site.in(directory, Kind.DRIZZLE)) {
            run(site.db
                    .inTransaction(transaction -> {
                        AdapterUser user = AdapterUser.of("a@example.com");
                        return AuthJsAdapter.drizzle(transaction.database())
                                .createUser(user)
                                .then(AuthJsAdapter.prisma(transaction.database(), PrismaDates.EPOCH_MS)
                                        .createTables()
                                        .onErrorComplete(SchemaMismatchException.class));
                    })
                    .then());

            assertThat(site.count("user")).isEqualTo(1);
            assertThat(get(site.adapter.verifySchema()).isSound()).isTrue();
        }
    }
}
