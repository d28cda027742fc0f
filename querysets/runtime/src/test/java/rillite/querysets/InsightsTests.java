package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import rillite.querysets.insights.InsightOptions;
import rillite.querysets.insights.InsightReport;

@ParameterizedClass
@EnumSource(Access.class)
final class InsightsTests {

    private static final String SHOP = """
            PRAGMA journal_mode=WAL;
            CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INTEGER, note TEXT,
              author_id INTEGER NOT NULL REFERENCES author(id));
            CREATE INDEX book_author ON book(author_id);
            CREATE INDEX book_pages ON book(pages);
            CREATE INDEX book_note ON book(note);
            CREATE UNIQUE INDEX author_name ON author(name);
            CREATE INDEX book_long ON book(title) WHERE pages > 900;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
              INSERT INTO author SELECT i, 'author ' || i FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
              INSERT INTO book SELECT i, 'book ' || i, i % 900, 'note ' || i, 1 + i % 60 FROM n;
            """;

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(
                access, directory, SHOP, DatabaseOptions.defaults().insights());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private QuerySet<Row> books() {
        return fixture.db.objects("book");
    }

    private InsightReport report() {
        return Objects.requireNonNull(fixture.db.insights().report().block(Fixture.PATIENCE));
    }

    private InsightReport.Shape only() {
        List<InsightReport.Shape> shapes = report().shapes();
        assertThat(shapes).hasSize(1);
        return shapes.get(0);
    }

    @Test
    void insights_thatWereNotSwitchedOn_areAnErrorThatSaysHow() {
        try (Fixture off = Fixture.ofScript(access, directory, SHOP)) {
            assertThatThrownBy(() -> off.db.insights())
                    .isInstanceOf(InvalidQueryException.class)
                    .hasMessageContaining("DatabaseOptions.insights()");
            assertThat(off.db.statements().recorder()).isNull();
        }
    }

    @Test
    void shapes_ofQueries_countRunsAndRows() {
        for (int i = 1; i <= 5; i++) {
            books().filter("pages__lt", i).limit(3).list().block(Fixture.PATIENCE);
        }

        InsightReport.Shape shape = only();
        assertThat(shape.sql()).contains("FROM \"book\"").contains("?");
        assertThat(shape.count()).isEqualTo(5);
        assertThat(shape.rows()).isEqualTo(2 + 4 * 3);
        assertThat(shape.max()).isPositive();
        assertThat(shape.p50()).isLessThanOrEqualTo(shape.p95());
        assertThat(shape.p95()).isLessThanOrEqualTo(shape.p99());
        assertThat(shape.p99()).isLessThanOrEqualTo(shape.max());
        assertThat(shape.max()).isLessThanOrEqualTo(shape.total());
    }

    @Test
    void shapes_ofWritesAndTransactions_areCounted() {
        fixture.db
                .inTransaction(tx -> tx.objects("author")
                        .create("name", "new one")
                        .thenMany(tx.objects("author").filter("name__startswith", "new")))
                .blockLast(Fixture.PATIENCE);
        books().filter("id__lt", 11).update("pages", 1).block(Fixture.PATIENCE);

        InsightReport report = report();
        assertThat(report.statements()).isEqualTo(3);
        assertThat(report.shapes())
                .extracting(shape -> shape.sql().substring(0, 6), InsightReport.Shape::rows)
                .containsExactlyInAnyOrder(tuple("INSERT", 1L), tuple("SELECT", 1L), tuple("UPDATE", 0L));
    }

    @Test
    void shapes_thatAreCancelledOrFail_endOnce() {
        books().flux().take(1).blockLast(Fixture.PATIENCE);
        StepVerifier.create(books(), 2).expectNextCount(2).thenCancel().verify(Fixture.PATIENCE);
        assertThat(only().count()).isEqualTo(2);

        fixture.db.insights().reset();
        StepVerifier.create(fixture.db.sql("SELECT nothing").values())
                .expectError()
                .verify(Fixture.PATIENCE);
        assertThat(only().count()).isEqualTo(1);
    }

    @Test
    void report_ofValues_holdsNone() {
        books().filter("title", "secret one").list().block(Fixture.PATIENCE);
        books().create("title", "secret two", "author_id", 1).block(Fixture.PATIENCE);
        fixture.db.sql("SELECT ?", "secret three").values().list().block(Fixture.PATIENCE);
        for (int i = 0; i < 12; i++) {
            books().filter("note", "secret four").count().block(Fixture.PATIENCE);
        }

        assertThat(report().toString()).contains("INSERT").doesNotContain("secret");
        assertThat(report().shapes().toString()).doesNotContain("secret");
    }

    @Test
    void report_readTwice_doesNotSeeItself() {
        books().filter("title", "x").list().block(Fixture.PATIENCE);

        assertThat(report().statements()).isEqualTo(1);
        assertThat(report().statements()).isEqualTo(1);
    }

    @Test
    void fullScan_ofALargeTable_isReportedWithTheIndexThatHelps() {
        books().filter("title", "book 7").list().block(Fixture.PATIENCE);
        books().filter("pages", 7).list().block(Fixture.PATIENCE);
        fixture.db.objects("author").list().block(Fixture.PATIENCE);

        assertThat(report().fullScans()).singleElement().satisfies(scan -> {
            assertThat(scan.table()).isEqualTo("book");
            assertThat(scan.rows()).isEqualTo(1_000);
            assertThat(scan.count()).isEqualTo(1);
            assertThat(scan.indexes()).containsExactly("CREATE INDEX \"book_title\" ON \"book\"(\"title\")");
        });
        assertThat(report().toString())
                .contains("book of 1,000 rows or more, 1 time: ")
                .contains("CREATE INDEX \"book_title\" ON \"book\"(\"title\")");
    }

    @Test
    void fullScan_afterTheIndexWasMade_isGone() {
        books().filter("title", "book 7").list().block(Fixture.PATIENCE);
        String index = report().fullScans().get(0).indexes().get(0);
        fixture.db.sql(index).execute().block(Fixture.PATIENCE);

        assertThat(report().fullScans()).isEmpty();
    }

    @Test
    void fullScan_ofATableThatHasAnotherNameInTheStatement_isFound() {
        fixture.db
                .sql("SELECT b.id FROM author a JOIN book AS b ON b.title = a.name || ?", "x")
                .values()
                .list()
                .block(Fixture.PATIENCE);
        fixture.run("ANALYZE");

        assertThat(report().fullScans()).singleElement().satisfies(scan -> {
            assertThat(scan.table()).isEqualTo("book");
            assertThat(scan.rows()).isEqualTo(2_000);
        });
    }

    @Test
    void fullScan_ofASmallTable_isNone_unlessTheOptionSaysSo() {
        fixture.db.objects("author").list().block(Fixture.PATIENCE);
        assertThat(report().fullScans()).isEmpty();

        try (Fixture strict = Fixture.ofScript(
                access,
                directory,
                SHOP,
                DatabaseOptions.defaults().insights(InsightOptions.defaults().largeTable(60)))) {
            strict.db.objects("author").list().block(Fixture.PATIENCE);
            assertThat(Objects.requireNonNull(strict.db.insights().report().block(Fixture.PATIENCE))
                            .fullScans())
                    .extracting(InsightReport.Scan::table, InsightReport.Scan::indexes)
                    .containsExactly(tuple("author", List.of()));
        }
    }

    @Test
    void unusedIndexes_areThoseThatNoPlanNames() {
        books().filter("pages", 3).list().block(Fixture.PATIENCE);

        assertThat(report().unusedIndexes()).containsExactly(new InsightReport.Unused("book", "book_note"));
        assertThat(report().toString()).contains("others, not seen so far, may need them\n  book_note of book");
        books().filter("note", "x").delete().block(Fixture.PATIENCE);
        assertThat(report().unusedIndexes()).isEmpty();
    }

    @Test
    void report_ofNothing_tellsNothing() {
        InsightReport report = report();
        assertThat(report.unusedIndexes()).isEmpty();
        assertThat(report.toString()).startsWith("0 statements seen in ").hasLineCount(1);
    }

    @Test
    void statementsWithoutAPlan_areLeftOut() {
        fixture.db.sql("PRAGMA user_version").values().list().block(Fixture.PATIENCE);
        fixture.db.sql("CREATE TABLE gone (a)").execute().block(Fixture.PATIENCE);
        fixture.db.sql("SELECT * FROM gone").values().list().block(Fixture.PATIENCE);
        fixture.db.sql("DROP TABLE gone").execute().block(Fixture.PATIENCE);

        assertThat(report().statements()).isEqualTo(4);
        assertThat(report().fullScans()).isEmpty();
    }

    @Test
    void reset_beginsAgain() {
        books().filter("title", "x").list().block(Fixture.PATIENCE);
        assertThat(report().fullScans()).hasSize(1);
        fixture.db.insights().reset();
        books().count().block(Fixture.PATIENCE);

        assertThat(report().statements()).isEqualTo(1);
    }

    @Test
    void statements_ofManySubscribers_areAllCounted() {
        Flux.range(0, 2_000)
                .flatMap(i -> books().filter("id", 1 + i % 100).list(), 32)
                .then()
                .block(Fixture.PATIENCE);

        InsightReport.Shape shape = only();
        assertThat(shape.count()).isEqualTo(2_000);
        assertThat(shape.rows()).isEqualTo(2_000);
    }

    @Test
    void rows_withInsights_keepDemandAndOrder() {
        StepVerifier.create(books().orderBy("id").fetchSize(2).flux().map(Row::pk), 0)
                .thenRequest(1)
                .expectNext(1L)
                .thenRequest(2)
                .expectNext(2L, 3L)
                .thenCancel()
                .verify(Fixture.PATIENCE);
        fixture.awaitClosed();
    }
}
