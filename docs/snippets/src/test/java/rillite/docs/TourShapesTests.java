package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.docs.Shop.list;
import static rillite.docs.ShopTables.BookTable.BOOK;
import static rillite.docs.ShopTables.PublisherTable.PUBLISHER;
import static rillite.querysets.Agg.count;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.docs.ShopTables.Publisher;
import rillite.querysets.Agg;
import rillite.querysets.Annotated;
import rillite.querysets.CursorPage;
import rillite.querysets.Database;
import rillite.querysets.F;
import rillite.querysets.Page;
import rillite.querysets.Q;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.Row2;
import rillite.querysets.Subquery;
import rillite.querysets.Window;

/** guides/querysets.md: numbers, shapes, order, single answers. */
final class TourShapesTests {
    private static final String PAGE = "docs/guides/querysets.md";

    private Database db;
    private QuerySet<Row> books;
    private QuerySet<Row> publishers;
    private QuerySet<Row> reviews;
    private Shown shown;

    @BeforeEach
    void open(@TempDir Path folder) {
        db = Scratch.await(Database.open(Shop.in(folder)));
        books = db.objects("book");
        publishers = db.objects("publisher");
        reviews = db.objects("review");
        shown = Shown.on(PAGE, this, db);
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    @Test
    void annotate_countsRelatedRows() {
        // tag::annotate[]
        QuerySet<Row> busy = publishers
                .annotate("n", Agg.count("books"), "thick", Agg.count("books").filter(Q.of("pages__gt", 800)))
                .filter("n__gte", 60)
                .orderBy("-n", "id")
                .limit(3);
        // end::annotate[]
        shown.output("annotate", list(busy.flux()));

        // tag::typedAnnotate[]
        var n = PUBLISHER.books().count().as("n");
        var thick = PUBLISHER.books().count().filter(BOOK.pages.gt(800)).as("thick");
        Flux<Annotated<Publisher>> same = db.objects(PUBLISHER)
                .annotate(n, thick)
                .filter(n.gte(60))
                .orderBy(n.desc(), PUBLISHER.id.asc())
                .limit(3)
                .flux();
        Flux<String> lines = same.map(one -> one.value().name() + ": " + one.get(n) + ", " + one.get(thick));
        // end::typedAnnotate[]
        shown.output("typedAnnotate", list(lines));
    }

    @Test
    void twoAggregates_doNotMultiply() {
        // tag::twoSums[]
        QuerySet<Row> judged = books.annotate("tags_n", Agg.count("tags"), "stars", Agg.sum("reviews__stars"))
                .values("title", "tags_n", "stars")
                .orderBy("-stars", "id")
                .limit(2);
        // end::twoSums[]
        shown.sql("twoSums", judged);
        shown.output("twoSums", list(judged.flux()));
    }

    @Test
    void aggregate_isOneRow() {
        // tag::aggregate[]
        Mono<Row> figures =
                books.aggregate("n", Agg.count(), "pages", Agg.avg("pages"), "dearest", Agg.max("price_cents"));
        // end::aggregate[]
        shown.output("aggregate", Scratch.await(figures));

        // tag::group[]
        QuerySet<Row> perCity = books.values("publisher__city")
                .annotate("n", Agg.count("id"), "paper", Agg.sum("pages"))
                .filter("n__gt", 200)
                .orderBy("-n");
        // end::group[]
        shown.sql("group", perCity);
        shown.output("group", list(perCity.flux()));

        // tag::typedGroup[]
        var n = count().as("n");
        Flux<Row2<String, Long>> same = db.objects(BOOK)
                .groupBy(BOOK.publisher().city)
                .select(BOOK.publisher().city, n)
                .filter(n.gt(200))
                .orderBy(n.desc())
                .flux();
        // end::typedGroup[]
        shown.output("typedGroup", list(same));
    }

    @Test
    void queries_standInQueries() {
        // tag::subquery[]
        QuerySet<Row> best = reviews.filter("book", F.outer("id"))
                .orderBy("-stars", "id")
                .values("body")
                .limit(1);
        QuerySet<Row> praised = books.annotate("praise", Subquery.of(best))
                .values("title", "praise")
                .orderBy("id")
                .limit(2);
        // end::subquery[]
        shown.sql("subquery", praised);
        shown.output("subquery", list(praised.flux()));

        // tag::exists[]
        QuerySet<Row> hated = books.filter(Q.exists(reviews.filter("book", F.outer("id"), "stars", 1)));
        // end::exists[]
        shown.sql("exists", hated);

        // tag::in[]
        QuerySet<Row> local = books.filter("publisher__in", publishers.filter("city", "Rillville"));
        // end::in[]
        shown.sql("in", local);
    }

    @Test
    void windows_lookAround() {
        // tag::window[]
        QuerySet<Row> dearest = books.annotate(
                        "place", Window.rank().partitionBy("publisher").orderBy("-price_cents"))
                .filter("place", 1, "publisher__city", "Islandville")
                .values("publisher__name", "title", "price_cents")
                .orderBy("title");
        // end::window[]
        shown.sql("window", dearest);
        shown.output("window", list(dearest.flux()));
    }

    // tag::card[]
    record Card(String title, int pages, String publisherName) {}
    // end::card[]

    @Test
    void rows_areReadAsWhatYouLike() {
        // tag::values[]
        QuerySet<Row> slim =
                books.values("title", "publisher__name").orderBy("id").limit(2);
        QuerySet<String> titles =
                books.values("title").orderBy("id").flat(String.class).limit(2);
        // end::values[]
        shown.sql("values", slim, titles);
        assertThat(list(slim.flux())).extracting(row -> row.get("title")).isEqualTo(list(titles.flux()));

        // tag::into[]
        Flux<Card> cards = books.orderBy("id").into(Card.class).limit(2).flux();
        // end::into[]
        shown.output("into", list(cards));

        // tag::select[]
        Flux<Row2<String, Integer>> pairs = db.objects(BOOK)
                .select(BOOK.title, BOOK.pages)
                .orderBy(BOOK.id.asc())
                .limit(2)
                .flux();
        Flux<Card> typed = db.objects(BOOK)
                .select(BOOK.title, BOOK.pages, BOOK.publisher().name, Card::new)
                .orderBy(BOOK.id.asc())
                .limit(2)
                .flux();
        // end::select[]
        assertThat(list(pairs)).extracting(Row2::first).containsExactly("The Last Mountain 1", "The Green Clock 2");
        assertThat(list(typed)).isEqualTo(list(cards));
    }

    @Test
    void order_andSlices() {
        // tag::order[]
        QuerySet<Row> sorted = db.objects("author")
                .orderBy(F.of("mentor__name").asc().nullsLast(), F.of("born").desc());
        // end::order[]
        shown.sql("order", sorted);

        // tag::slice[]
        QuerySet<Row> thirdTen = books.orderBy("title").slice(20, 30);
        QuerySet<Row> firstThree = thirdTen.limit(3);
        // end::slice[]
        shown.sql("slice", firstThree);
        assertThat(firstThree.toSql().binds()).containsExactly(3L, 20L);
    }

    @Test
    void pages_areCountedOrFollowed() {
        // tag::page[]
        Mono<Page<Row>> second = books.orderBy("-published").page(2, 20);
        Mono<String> text = second.map(page ->
                page.items().size() + " of " + page.total() + ", page " + page.number() + " of " + page.pages());
        // end::page[]
        shown.output("page", Scratch.await(text));

        // tag::keyset[]
        QuerySet<Row> newest = books.values("title", "published").orderBy("-published");
        Mono<CursorPage<Row>> first = newest.pageAfter(null, 2);
        Mono<CursorPage<Row>> next =
                first.flatMap(page -> newest.pageAfter(page.next().orElseThrow(), 2));
        // end::keyset[]
        shown.output("keyset", Scratch.await(next).items());
    }

    @Test
    void sets_areCombined() {
        // tag::union[]
        QuerySet<Row> people = db.objects("author")
                .values("name")
                .union(db.objects("customer").values("name"))
                .filter("name__startswith", "Ada")
                .orderBy("name");
        QuerySet<Row> both = db.objects("author")
                .values("name")
                .intersect(db.objects("customer").values("name"));
        // end::union[]
        shown.sql("union", people);
        shown.says("%d names", Scratch.await(both.count()));
    }

    @Test
    void oneAnswer() {
        // tag::one[]
        Mono<Row> seven = books.get("id", 7);
        Mono<Row> newest = books.latest("published");
        Mono<Row> perhaps = books.find(9_999);
        Mono<Long> number = books.filter("pages__gt", 900).count();
        Mono<Boolean> any = books.filter("price_cents__lt", 100).exists();
        Mono<Map<Object, Row>> some = books.values("id", "title").inBulk(List.of(3, 1, 99_999));
        // end::one[]
        shown.output(
                "one",
                Scratch.await(seven),
                Scratch.await(newest),
                perhaps.blockOptional(),
                Scratch.await(number),
                Scratch.await(any),
                Scratch.await(some));
    }
}
