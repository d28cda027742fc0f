package rillite.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.StackWalker.StackFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Fields;
import rillite.querysets.QuerySet;
import rillite.querysets.RawQuery;
import rillite.querysets.Row;
import rillite.querysets.insights.InsightReport;

/** Queries per row, as programs outside of this library's packages write them. */
final class RepeatedQueriesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Database db;
    private int line;

    @BeforeEach
    void open() {
        db = Objects.requireNonNull(Database.open(
                        directory.resolve("shop.db"), DatabaseOptions.defaults().insights())
                .block(PATIENCE));
        run("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author(id))");
        run(
                "INSERT INTO author WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 40) SELECT i, 'a' || i FROM n");
        run("INSERT INTO book SELECT id, id FROM author");
        db.refresh().block(PATIENCE);
        db.insights().reset();
    }

    @AfterEach
    void close() {
        db.close().block(PATIENCE);
    }

    private void run(String sql) {
        db.sql(sql).execute().block(PATIENCE);
    }

    private QuerySet<Row> books() {
        return db.objects("book").orderBy("id");
    }

    private QuerySet<Row> authors() {
        return db.objects("author");
    }

    private InsightReport report() {
        return Objects.requireNonNull(db.insights().report().block(PATIENCE));
    }

    private InsightReport.Repeat only() {
        List<InsightReport.Repeat> repeats = report().repeats();
        assertThat(repeats).hasSize(1);
        return repeats.get(0);
    }

    /** The line below the one that calls this. */
    private void nextLine() {
        line = 1
                + StackWalker.getInstance()
                        .walk(frames -> frames.skip(1).findFirst())
                        .map(StackFrame::getLineNumber)
                        .orElseThrow();
    }

    private void assertSite(InsightReport.Repeat repeat) {
        StackTraceElement site = Objects.requireNonNull(repeat.callSite());
        assertThat(site.getClassName()).isEqualTo(RepeatedQueriesTests.class.getName());
        assertThat(site.getLineNumber()).isEqualTo(line);
    }

    @Test
    void queryPerRow_isReportedWithTheLineThatAsks() {
        books().flux()
                .flatMap(book -> {
                    nextLine();
                    return authors().find(Objects.requireNonNull(book.get("author_id")));
                })
                .then()
                .block(PATIENCE);

        InsightReport.Repeat repeat = only();
        assertThat(repeat.sql()).contains("FROM \"author\"");
        assertThat(repeat.most()).isEqualTo(40);
        assertThat(repeat.times()).isEqualTo(1);
        assertSite(repeat);
        assertThat(report().toString())
                .contains("40 times: SELECT")
                .contains("at rillite.shop.RepeatedQueriesTests.")
                .contains("(RepeatedQueriesTests.java:" + line + ")");
    }

    @Test
    void queryPerRow_thatIsAPublisherItself_isReportedWithTheLineThatMakesIt() {
        books().flux()
                .flatMap(book -> {
                    nextLine();
                    return authors().filter("id", book.get("author_id"));
                })
                .then()
                .block(PATIENCE);

        assertSite(only());
    }

    @Test
    void queryPerRow_ofSeveralSubscribers_isReportedOnce() {
        for (int i = 0; i < 3; i++) {
            books().limit(10 + i)
                    .flux()
                    .concatMap(book -> authors().find(book.pk()))
                    .blockLast(PATIENCE);
        }

        assertThat(only().times()).isEqualTo(3);
        assertThat(only().most()).isEqualTo(12);
    }

    @Test
    void queryPerRow_inATransaction_isReportedWithTheLine() {
        db.inTransaction(tx -> tx.objects("book")
                        .flux()
                        .collectList()
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(book -> {
                            nextLine();
                            return tx.objects("author").get("id", book.get("author_id"));
                        }))
                .then()
                .block(PATIENCE);

        assertThat(only().most()).isEqualTo(40);
        assertSite(only());
    }

    @Test
    void insertPerRow_isReportedWithTheLine() {
        Flux.range(0, 15)
                .concatMap(i -> {
                    nextLine();
                    return authors().create("name", "new " + i);
                })
                .then()
                .block(PATIENCE);

        assertThat(only().sql()).startsWith("INSERT");
        assertSite(only());
    }

    @Test
    void sqlPerRow_isReportedWithTheLine() {
        Flux.range(0, 15)
                .concatMap(i -> {
                    RawQuery<Row> name =
                            db.sql("SELECT name FROM author WHERE id = ?", i).values();
                    nextLine();
                    return name.list();
                })
                .then()
                .block(PATIENCE);

        assertSite(only());
    }

    @Test
    void loadPerRow_isReportedWithTheLine() {
        books().flux()
                .concatMap(book -> {
                    nextLine();
                    return db.load(List.of(book), "author");
                })
                .then()
                .block(PATIENCE);

        assertThat(only().sql()).contains("FROM \"author\"");
        assertThat(only().most()).isEqualTo(40);
        assertSite(only());
    }

    @Test
    void queryThatIsBuiltOnce_isReportedWhereItIsSubscribed() {
        Mono<Long> count = authors().count();
        nextLine();
        Flux.range(0, 20).flatMap(i -> count).blockLast(PATIENCE);

        assertSite(only());
    }

    @Test
    void prefetchInChunks_isNone() {
        authors().prefetchRelated("books").fetchSize(2).flux().blockLast(PATIENCE);
        authors().prefetchRelated("books").list().block(PATIENCE);

        assertThat(report().statements()).isGreaterThan(20);
        assertThat(report().repeats()).isEmpty();
    }

    @Test
    void windowsOfABulk_areNone() {
        Flux<String> names = Flux.range(0, 100).map(i -> "new " + i);
        authors()
                .bulkCreate(names.map(name -> Fields.of("name", name)))
                .batch(4)
                .result()
                .block(PATIENCE);

        assertThat(report().repeats()).isEmpty();
    }

    @Test
    void oneQueryForEachOfManySubscribers_isNone() {
        for (long id = 1; id <= 40; id++) {
            authors().find(id).block(PATIENCE);
        }

        assertThat(report().repeats()).isEmpty();
    }
}
