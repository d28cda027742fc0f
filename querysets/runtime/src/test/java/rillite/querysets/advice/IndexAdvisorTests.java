package rillite.querysets.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.r2dbc.SqliteBadGrammarException;

final class IndexAdvisorTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SCHEMA = """
            CREATE TABLE author(id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE);
            CREATE TABLE book(id INTEGER PRIMARY KEY, title TEXT, pages INTEGER, author_id INTEGER REFERENCES author(id));
            CREATE TABLE "odd ""name"(id INTEGER PRIMARY KEY, "a b" TEXT);
            CREATE VIEW long_book AS SELECT title, author_id FROM book WHERE pages > 500;
            CREATE VIRTUAL TABLE search USING fts5(body);
            CREATE TRIGGER t AFTER INSERT ON book BEGIN UPDATE author SET name = name; END;
            INSERT INTO author VALUES (1, 'Ada', 'ada@example.org');
            INSERT INTO book VALUES (1, 'One', 100, 1);
            """;

    @TempDir
    Path directory;

    private Path file = Path.of("");
    private Database database;

    @BeforeEach
    void open() {
        file = directory.resolve("shop.db");
        jdbc(SCHEMA);
        database = reopened();
    }

    @AfterEach
    void close() {
        database.close().block(PATIENCE);
    }

    private void jdbc(String script) {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Database reopened() {
        return Objects.requireNonNull(
                Database.open(file, DatabaseOptions.defaults().readOnly()).block(PATIENCE));
    }

    private IndexAdvice advice(String sql) {
        return Objects.requireNonNull(IndexAdvisor.of(database).advise(sql).block(PATIENCE));
    }

    private List<String> indexes(String sql) {
        return advice(sql).indexes().stream().map(IndexProposal::sql).toList();
    }

    @Test
    void advise_conditionWithoutIndex_proposesOneAndShowsThePlanWithIt() {
        IndexAdvice advice = advice("SELECT * FROM book WHERE title = ?");

        assertThat(advice.plan()).hasToString("SCAN book  <- full scan");
        assertThat(advice.indexes())
                .extracting(IndexProposal::sql)
                .containsExactly("CREATE INDEX \"book_title\" ON \"book\"(\"title\")");
        assertThat(advice.improved()).hasToString("SEARCH book USING INDEX book_title (title=?)");
    }

    @Test
    void advise_severalConditions_makeOneIndex() {
        assertThat(advice("SELECT id FROM book WHERE title = 'x' AND author_id = 3")
                        .indexes())
                .singleElement()
                .satisfies(index -> assertThat(index.columns()).containsExactlyInAnyOrder("title", "author_id"));
        assertThat(advice("SELECT id FROM book WHERE author_id = 3 AND pages > 5")
                        .indexes())
                .singleElement()
                .satisfies(index -> assertThat(index.columns()).containsExactly("author_id", "pages"));
    }

    @Test
    void advise_conditionAndOrder_makeOneIndex() {
        IndexAdvice advice = advice("SELECT * FROM book WHERE author_id = 3 ORDER BY title LIMIT 10");

        assertThat(advice.indexes()).extracting(IndexProposal::columns).containsExactly(List.of("author_id", "title"));
        assertThat(advice.improved().toString()).doesNotContain("TEMP B-TREE");
    }

    @Test
    void advise_orderBehindAnIndex_proposesAWiderOne() {
        jdbc("CREATE INDEX by_author ON book(author_id)");
        database.close().block(PATIENCE);
        database = reopened();

        assertThat(advice("SELECT * FROM book WHERE author_id = 3 ORDER BY title")
                        .indexes())
                .extracting(IndexProposal::columns)
                .containsExactly(List.of("author_id", "title"));
    }

    @Test
    void advise_join_proposesAnIndexForEachSide() {
        assertThat(indexes("SELECT b.title FROM author a JOIN book b ON b.author_id = a.id WHERE a.name LIKE 'A%'"))
                .containsExactlyInAnyOrder(
                        "CREATE INDEX \"author_name\" ON \"author\"(\"name\" COLLATE NOCASE)",
                        "CREATE INDEX \"book_author_id\" ON \"book\"(\"author_id\")");
    }

    @Test
    void advise_view_looksAtItsTables() {
        assertThat(indexes("SELECT * FROM long_book WHERE author_id = 7"))
                .hasSize(1)
                .allMatch(sql -> sql.contains("ON \"book\"(\"author_id\""));
    }

    @Test
    void advise_writes_areReadAsWell() {
        assertThat(indexes("UPDATE book SET pages = 1 WHERE title = :title"))
                .containsExactly("CREATE INDEX \"book_title\" ON \"book\"(\"title\")");
    }

    @Test
    void advise_whatNoIndexHelps_proposesNothing() {
        for (String sql : List.of(
                "SELECT * FROM book",
                "SELECT count(*) FROM book",
                "SELECT * FROM author WHERE email = 'x'",
                "SELECT * FROM book WHERE id = 1",
                "SELECT * FROM book WHERE length(title) = 3",
                "SELECT * FROM search WHERE search MATCH 'word'",
                "SELECT 1")) {
            IndexAdvice advice = advice(sql);
            assertThat(advice.indexes()).as(sql).isEmpty();
            assertThat(advice.improved()).isEqualTo(advice.plan());
        }
    }

    @Test
    void advise_oddNames_areQuoted() {
        assertThat(indexes("SELECT * FROM \"odd \"\"name\" WHERE \"a b\" = 1")).isEmpty();
        assertThat(indexes("SELECT * FROM [odd \"name] WHERE [a b] = 1"))
                .containsExactly("CREATE INDEX \"odd \"\"name_a b\" ON \"odd \"\"name\"(\"a b\")");
    }

    @Test
    void advise_nameThatIsTaken_getsANumber() {
        jdbc("CREATE INDEX Book_Title ON author(name)");
        database.close().block(PATIENCE);
        database = reopened();

        assertThat(indexes("SELECT * FROM book WHERE title = 'x'"))
                .containsExactly("CREATE INDEX \"book_title_2\" ON \"book\"(\"title\")");
    }

    @Test
    void advise_statistics_areThoseOfTheFile() {
        jdbc("CREATE INDEX by_pages ON book(pages); CREATE INDEX by_author ON book(author_id); ANALYZE");
        for (String selective : List.of("by_pages", "by_author")) {
            jdbc("DELETE FROM sqlite_stat1; INSERT INTO sqlite_stat1 VALUES ('book', 'by_pages', '1000000 500000'),"
                    + " ('book', 'by_author', '1000000 500000');"
                    + "UPDATE sqlite_stat1 SET stat = '1000000 2' WHERE idx = '" + selective + "'");
            database.close().block(PATIENCE);
            database = reopened();

            IndexAdvice advice = advice("SELECT * FROM book WHERE pages = 3 AND author_id = 4"
                    + " AND EXISTS (SELECT 1 FROM author WHERE name = 'x')");

            assertThat(advice.plan().toString()).contains(selective);
            assertThat(advice.indexes()).extracting(IndexProposal::columns).containsExactly(List.of("name"));
        }
    }

    @Test
    void advise_writesNothing() {
        advice("SELECT * FROM book WHERE title = ?");

        assertThat(database.schema().find("book").orElseThrow().indexes()).isEmpty();
        assertThat(database.sql("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'rillite%'")
                        .values()
                        .flat(Long.class)
                        .get()
                        .block(PATIENCE))
                .isZero();
    }

    @Test
    void advise_wrongText_isAnError() {
        IndexAdvisor advisor = IndexAdvisor.of(database);

        advisor.advise("SELECT * FROM boook")
                .as(StepVerifier::create)
                .expectError(SqliteBadGrammarException.class)
                .verify(PATIENCE);
        assertThatThrownBy(() -> advisor.advise("SELECT 1; SELECT 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("advise takes one statement, got 2");
        assertThatThrownBy(() -> advisor.advise("-- nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void missing_foreignKeysWithoutIndex_inTheOrderOfDeclarations() {
        jdbc("""
                CREATE TABLE p(a, b, PRIMARY KEY (a, b));
                CREATE TABLE c1(x, y, z REFERENCES author, FOREIGN KEY (x, y) REFERENCES p(a, b));
                CREATE INDEX c1_yx ON c1(y, x, z);
                CREATE TABLE c2(z REFERENCES author, w REFERENCES author);
                CREATE INDEX c2_z ON c2(z) WHERE z IS NOT NULL;
                CREATE INDEX c2_w ON c2(w) WHERE w > 5;
                CREATE TABLE c3(id INTEGER PRIMARY KEY REFERENCES author);
                """);
        database.close().block(PATIENCE);
        database = reopened();

        assertThat(ForeignKeyIndexes.missing(database.schema()))
                .extracting(missing -> missing.index().sql())
                .containsExactly(
                        "CREATE INDEX \"book_author_id\" ON \"book\"(\"author_id\")",
                        "CREATE INDEX \"c1_z\" ON \"c1\"(\"z\")",
                        "CREATE INDEX \"c2_w_2\" ON \"c2\"(\"w\")");
    }
}
