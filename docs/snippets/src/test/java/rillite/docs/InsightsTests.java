package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.insights.InsightOptions;
import rillite.querysets.insights.InsightReport;

/** guides/insights.md */
final class InsightsTests {
    private static final Path PAGE = Pages.page("docs/guides/insights.md");

    private Path file;
    private Database db;
    private Shown shown;

    @BeforeEach
    void open(@TempDir Path folder) {
        file = Shop.in(folder);
        // tag::open[]
        Mono<Database> opened = Database.open(file, DatabaseOptions.defaults().insights());
        // end::open[]
        db = Scratch.await(opened);
        shown = Shown.on("docs/guides/insights.md", this, db);
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    private InsightReport report() {
        return Scratch.await(db.insights().report());
    }

    private static String masked(String line) {
        return line.replaceAll("[\\d.,]+ (us|ms|s)\\b", "time")
                .replaceAll("^\\s+at .*", "at")
                .replaceAll("[\\d,]+ rows or more", "many")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void report_isRead() {
        for (int i = 0; i < 3; i++) {
            Scratch.await(db.objects("review")
                    .filter("stars", 1 + i)
                    .limit(25)
                    .flux()
                    .flatMap(review -> db.objects("customer").find(review.get("customer_id"))));
        }
        for (int i = 1; i <= 50; i++) {
            Scratch.await(db.objects("purchase").filter("customer_id", i).list());
        }
        Scratch.await(db.objects("publisher").list());

        // tag::report[]
        Mono<String> text = db.insights().report().map(InsightReport::toString);
        // end::report[]

        List<String> shown = Pages.text(PAGE).lines().map(InsightsTests::masked).toList();
        String report = Scratch.await(text);
        assertThat(report.lines().map(InsightsTests::masked)).isSubsetOf(shown);
    }

    @Test
    void shapes_areForFiguresOfYourOwn() {
        Scratch.await(db.objects("book").filter("pages__gt", 900).list());

        // tag::shapes[]
        Mono<List<String>> slow = db.insights()
                .report()
                .map(report -> report.shapes().stream()
                        .filter(shape -> shape.p95().toMillis() >= 50)
                        .map(InsightReport.Shape::sql)
                        .toList());
        // end::shapes[]

        assertThat(report().shapes()).hasSize(1);
        assertThat(Scratch.await(slow)).hasSizeLessThan(2);
    }

    @Test
    void repeats_areFoundWithTheirLine() {
        QuerySet<Row> worst =
                db.objects("review").filter("stars", 1).orderBy("id").limit(25);
        // tag::repeat[]
        Flux<String> lines = worst.flux()
                .flatMap(review -> db.objects("customer")
                        .find(review.get("customer_id"))
                        .map(customer -> customer.get("name") + ": " + review.get("body")));
        // end::repeat[]
        Scratch.await(lines);

        InsightReport.Repeat repeat = report().repeats().get(0);
        assertThat(repeat.callSite().getFileName()).isEqualTo("InsightsTests.java");
        assertThat(repeat.callSite().getLineNumber()).isPositive();
        shown.output("repeat", "most: " + repeat.most(), "times: " + repeat.times());
        shown.sql("repeat", List.of(repeat.sql()));

        db.insights().reset();
        // tag::joined[]
        Flux<String> same = worst.selectRelated("customer")
                .flux()
                .map(review -> review.one("customer").get("name") + ": " + review.get("body"));
        // end::joined[]
        assertThat(Shop.list(same)).hasSize(25);
        assertThat(report().repeats()).isEmpty();
    }

    @Test
    void scans_comeWithAnIndex() {
        Scratch.await(db.objects("purchase").filter("customer_id", 7).list());

        // tag::scans[]
        Mono<List<String>> indexes = db.insights()
                .report()
                .map(report -> report.fullScans().stream()
                        .flatMap(scan -> scan.indexes().stream())
                        .toList());
        // end::scans[]
        List<String> suggested = Scratch.await(indexes);
        shown.output("scans", suggested);

        Scratch.await(db.sql(suggested.get(0)).execute());
        assertThat(report().fullScans()).isEmpty();
    }

    @Test
    void unusedIndexes_areOfWhatWasSeen() {
        Scratch.await(db.objects("purchase").filter("customer_id", 7).list());

        // tag::unused[]
        Mono<List<InsightReport.Unused>> unused = db.insights().report().map(InsightReport::unusedIndexes);
        // end::unused[]
        shown.output("unused", Scratch.await(unused));
    }

    @Test
    void options_areAValue() {
        // tag::options[]
        InsightOptions options = InsightOptions.defaults()
                .shapes(500) // texts that are told apart
                .repeats(5) // from so many runs by one subscriber on it is an N+1
                .largeTable(10_000); // from so many rows on a full scan is reported
        // end::options[]

        Database strict = Scratch.await(
                Database.over(db.connectionFactory(), DatabaseOptions.defaults().insights(options)));
        Scratch.await(Flux.range(1, 6).concatMap(id -> strict.objects("book").find(id)));
        // tag::reset[]
        strict.insights().reset();
        // end::reset[]
        assertThat(Scratch.await(strict.insights().report()).statements()).isZero();
    }
}
