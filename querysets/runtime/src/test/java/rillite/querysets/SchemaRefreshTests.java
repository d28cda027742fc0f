package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.schema.Table;

/** A schema that is changed by somebody else while the database is open. */
final class SchemaRefreshTests {

    @TempDir
    Path directory;

    private Fixture library(Access access) {
        return Fixture.library(access, directory);
    }

    private static void refresh(Fixture fixture) {
        assertThat(fixture.db.refresh().block(Fixture.PATIENCE)).isSameAs(fixture.db);
    }

    @ParameterizedTest
    @EnumSource
    void refresh_newTable_isKnown(Access access) {
        try (Fixture library = library(access)) {
            library.jdbc("CREATE TABLE shelf (id INTEGER PRIMARY KEY, book_id INT REFERENCES book)");
            assertThatThrownBy(() -> library.db.objects("shelf"))
                    .isInstanceOf(UnknownTableException.class)
                    .hasMessageContaining("refresh()");
            refresh(library);
            assertThat(library.keys(library.db.objects("shelf"))).isEmpty();
            assertThat(library.db.schema().relation("book", "shelfs")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void addedColumn_isSeenByNewQueriesOnly(Access access) {
        try (Fixture library = library(access)) {
            QuerySet<Row> before = library.db.objects("tag").orderBy("id");
            library.jdbc("ALTER TABLE tag ADD COLUMN note TEXT DEFAULT 'n'");
            refresh(library);
            assertThat(first(before).asMap()).containsExactly(Map.entry("id", 1L), Map.entry("name", "java"));
            assertThat(first(library.db.objects("tag").orderBy("id")).get("note"))
                    .isEqualTo("n");
        }
    }

    private static Row first(QuerySet<Row> query) {
        return Objects.requireNonNull(query.first().block(Fixture.PATIENCE));
    }

    @ParameterizedTest
    @EnumSource
    void goneColumn_failsClearly_andIsLearnt(Access access) {
        try (Fixture library = library(access)) {
            QuerySet<Row> books = library.db.objects("book");
            List<Mono<?>> before = List.of(
                    books.list(),
                    books.filter("pages", 1).count(),
                    books.filter("pages", 1).exists(),
                    books.update("pages", 1),
                    books.filter("pages", 1).delete(),
                    books.create("title", "T", "author_id", 1, "pages", 1));
            library.jdbc("ALTER TABLE book RENAME COLUMN pages TO page_s");
            library.sent();
            for (Mono<?> query : before) {
                StepVerifier.create(query)
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOfSatisfying(SchemaChangedException.class, changed -> {
                                    assertThat(changed.table()).isEqualTo("book");
                                    assertThat(changed.column()).isEqualTo("pages");
                                })
                                .hasMessageContaining("no such column: book.pages. Did you mean page_s?")
                                .hasMessageContaining("build the query again")
                                .hasCauseInstanceOf(Exception.class))
                        .verify(Fixture.PATIENCE);
            }
            assertThat(library.sent().stream().filter(sql -> sql.contains("table_xinfo")))
                    .as("one reading")
                    .hasSize(1);
            assertThatThrownBy(() -> library.db.objects("book").filter("pages", 1))
                    .isInstanceOf(UnknownFieldException.class);
            assertThat(first(library.db.objects("book").orderBy("id")).get("page_s"))
                    .isEqualTo(100L);
            assertThat(library.jdbc("SELECT count(*) FROM book")).containsExactly(List.of(5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goneTable_failsClearly_andWorksAgainWhenItIsBack(Access access) {
        try (Fixture library = library(access)) {
            QuerySet<Row> awards = library.db.objects("award");
            library.jdbc("ALTER TABLE award RENAME TO prize");
            for (int i = 0; i < 2; i++) {
                StepVerifier.create(awards.list())
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOfSatisfying(
                                        SchemaChangedException.class,
                                        changed -> assertThat(changed.column()).isNull())
                                .hasMessageContaining("no such table: award."))
                        .verify(Fixture.PATIENCE);
            }
            assertThat(library.keys(library.db.objects("prize"))).containsExactly(1L);
            library.jdbc("ALTER TABLE prize RENAME TO award");
            assertThat(library.keys(awards)).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rebuiltTable_withOtherOrder_givesEachValueToItsColumn(Access access) {
        try (Fixture library = library(access)) {
            QuerySet<Row> authors = library.db.objects("author").orderBy("id");
            Row before = first(authors);
            library.run("""
                    CREATE TABLE fresh (age INTEGER, extra TEXT DEFAULT 'e', email TEXT, name TEXT NOT NULL,
                      mentor_id INTEGER, id INTEGER PRIMARY KEY);
                    INSERT INTO fresh (id, name, email, age, mentor_id) SELECT id, name, email, age, mentor_id FROM author;
                    DROP TABLE author;
                    ALTER TABLE fresh RENAME TO author;
                    """);
            assertThat(first(authors)).isEqualTo(before);
            assertThat(first(authors.values("age", "name")).asMap()).isEqualTo(Map.of("age", 40L, "name", "Ann"));
            Row made = Objects.requireNonNull(
                    authors.create("name", "New", "email", "n@x.org", "age", 7).block(Fixture.PATIENCE));
            assertThat(made.get("name")).isEqualTo("New");
            assertThat(made.get("age")).isEqualTo(7L);
            assertThat(made.get("email")).isEqualTo("n@x.org");
        }
    }

    @Test
    void preparedStatement_onOneConnection_neverShifts() {
        try (Fixture library = library(Access.DRIVER)) {
            Connection connection = Objects.requireNonNull(
                    Mono.from(library.connections.create()).block(Fixture.PATIENCE));
            String all = "SELECT * FROM tag ORDER BY id LIMIT 1";
            for (int i = 0; i < 3; i++) {
                assertThat(named(connection, all)).isEqualTo("java");
            }
            library.run(
                    "ALTER TABLE tag RENAME TO old; CREATE TABLE tag (name TEXT, extra TEXT, id INTEGER PRIMARY KEY);"
                            + "INSERT INTO tag (id, name, extra) SELECT id, name, 'x' FROM old");
            assertThat(named(connection, all)).isEqualTo("java");
            Mono.from(connection.close()).block(Fixture.PATIENCE);
        }
    }

    private static String named(Connection connection, String sql) {
        return Objects.requireNonNull(Flux.from(connection.createStatement(sql).execute())
                .flatMap(result -> result.map(row -> Objects.requireNonNull(row.get("name", String.class))))
                .blockLast(Fixture.PATIENCE));
    }

    @Test
    void halfReadStream_endsAsItBegan() {
        try (Fixture library = library(Access.DRIVER)) {
            QuerySet<Row> tags = library.db.objects("tag").orderBy("id").fetchSize(1);
            StepVerifier.create(tags.flux().map(row -> row.get("id") + " " + row.get("name")), 1)
                    .expectNext("1 java")
                    .then(() -> library.run("ALTER TABLE tag RENAME COLUMN name TO label"))
                    .thenRequest(9)
                    .expectNext("2 sql", "3 web", "4 unused")
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
            StepVerifier.create(tags).expectError(SchemaChangedException.class).verify(Fixture.PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyFailures_shareOneReading(Access access) {
        try (Fixture library = library(access)) {
            QuerySet<Row> books = library.db.objects("book");
            library.jdbc("ALTER TABLE book DROP COLUMN created");
            library.sent();
            StepVerifier.create(Flux.range(0, 64)
                            .flatMap(
                                    i -> books.list()
                                            .then(Mono.just("read"))
                                            .onErrorResume(SchemaChangedException.class, e -> Mono.just("changed")),
                                    64)
                            .distinct())
                    .expectNext("changed")
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
            assertThat(library.sent().stream()
                            .filter(sql -> sql.contains("table_xinfo"))
                            .count())
                    .isLessThan(16);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changeOfOurOwn_isKnownWhenItIsDone(Access access) {
        try (Fixture library = library(access)) {
            library.db
                    .sql("\n create table shelf (id INTEGER PRIMARY KEY)")
                    .execute()
                    .block(Fixture.PATIENCE);
            assertThat(library.keys(library.db.objects("shelf"))).isEmpty();
            library.db
                    .inTransaction(tx -> tx.sql("ALTER TABLE shelf ADD COLUMN place TEXT")
                            .execute()
                            .then(tx.sql("DROP TABLE award").execute()))
                    .blockLast(Fixture.PATIENCE);
            assertThat(library.db.schema().find("shelf").orElseThrow().column("place"))
                    .isPresent();
            assertThat(library.db.schema().find("award")).isEmpty();
        }
    }

    @Test
    void changeOfOurOwnThatIsTakenBack_isNotKnown() {
        try (Fixture library = library(Access.DRIVER)) {
            StepVerifier.create(library.db.inTransaction(tx ->
                            tx.sql("DROP TABLE award").execute().then(Mono.error(new IllegalStateException("no")))))
                    .expectErrorMessage("no")
                    .verify(Fixture.PATIENCE);
            assertThat(library.keys(library.db.objects("award"))).containsExactly(1L);
            assertThat(library.db.schema().find("award")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void goneColumn_inATransaction_failsClearly(Access access) {
        try (Fixture library = library(access)) {
            QuerySet<Row> books = library.db.objects("book");
            library.jdbc("ALTER TABLE book RENAME COLUMN pages TO leaves");
            StepVerifier.create(library.db.inTransaction(tx -> books.update("pages", 1)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(SchemaChangedException.class)
                            .hasMessageContaining("no such column: book.pages."))
                    .verify(Fixture.PATIENCE);
            assertThat(library.db.schema().find("book").orElseThrow().column("leaves"))
                    .isPresent();
        }
    }

    @Test
    void schemaCheck_endOfAStatement_noticesTheChange() {
        Fixture library = library(Access.BARE);
        Database db = Objects.requireNonNull(
                Database.over(library.connections, DatabaseOptions.defaults().schemaCheck(Duration.ofNanos(1)))
                        .block(Fixture.PATIENCE));
        library.jdbc("CREATE TABLE shelf (id INTEGER PRIMARY KEY)");
        assertThat(db.objects("tag").count().block(Fixture.PATIENCE)).isEqualTo(4);
        Awaitility.await()
                .atMost(Fixture.PATIENCE)
                .until(() -> db.schema().find("shelf").isPresent());
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> library.open.get() == 0);
    }

    @Test
    void schemaCheck_withinTheInterval_sendsNothing() {
        Fixture library = library(Access.BARE);
        Database db = Objects.requireNonNull(
                Database.over(library.connections, DatabaseOptions.defaults().schemaCheck(Duration.ofDays(1)))
                        .block(Fixture.PATIENCE));
        library.sent();
        for (int i = 0; i < 100; i++) {
            db.objects("tag").count().block(Fixture.PATIENCE);
        }
        assertThat(library.sent()).hasSize(100);
        assertThatThrownBy(() -> DatabaseOptions.defaults().schemaCheck(Duration.ofSeconds(-1)))
                .hasMessageContaining("PT-1S");
    }

    @Test
    void missingNameThatWasNeverKnown_isTheErrorOfTheDatabase() {
        try (Fixture library = library(Access.DRIVER)) {
            library.jdbc("CREATE TRIGGER wrong AFTER INSERT ON tag BEGIN SELECT nope FROM book; END");
            StepVerifier.create(library.db.objects("tag").create("name", "x"))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SchemaChangedException.class,
                                    changed -> assertThat(changed.table()).isNull())
                            .hasMessageContaining("run the query again. [SQLITE_ERROR] no such column"))
                    .verify(Fixture.PATIENCE);
            library.sent();
            StepVerifier.create(library.db.objects("tag").create("name", "x"))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isNotInstanceOf(QueryException.class)
                            .hasMessageContaining("no such column"))
                    .verify(Fixture.PATIENCE);
            assertThat(library.sent()).hasSize(2).contains("PRAGMA schema_version");
        }
    }

    @Test
    void refresh_keepsTablesThatAreTheSame() {
        Fixture library = library(Access.BARE);
        Table tag = library.db.schema().find("tag").orElseThrow();
        int version = library.db.schema().version();
        library.run("ALTER TABLE book ADD COLUMN more TEXT; VACUUM");
        refresh(library);
        assertThat(library.db.schema().version()).isGreaterThan(version);
        assertThat(library.db.schema().find("tag").orElseThrow()).isSameAs(tag);
        assertThat(library.db.schema().relation("book", "tags").orElseThrow().target())
                .isSameAs(tag);
        assertThat(library.db.schema().relation("author", "mentees")).isPresent();
    }

    @Test
    void refresh_chosenNameThatDoesNotFitAnyMore_isNoted() {
        Fixture library = library(Access.BARE);
        library.run("ALTER TABLE author RENAME COLUMN mentor_id TO teacher_id");
        refresh(library);
        assertThat(library.db.schema().relation("author", "teacher")).isPresent();
        assertThat(library.db.schema().notes()).anyMatch(note -> note.contains("author.mentor_id"));
    }
}
