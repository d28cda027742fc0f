package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.docs.Shop.list;
import static rillite.docs.ShopTables.BookTable.BOOK;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.BulkResult;
import rillite.querysets.Created;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Deleted;
import rillite.querysets.F;
import rillite.querysets.Fields;
import rillite.querysets.Fts;
import rillite.querysets.Link;
import rillite.querysets.ProtectedException;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;

/** guides/querysets.md: writes, transactions, full text, SQL. */
final class TourWritingTests {
    private static final String PAGE = "docs/guides/querysets.md";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private Database db;
    private QuerySet<Row> books;
    private QuerySet<Row> publishers;
    private QuerySet<Row> reviews;
    private QuerySet<Row> tags;
    private Shown shown;

    @BeforeEach
    void open(@TempDir Path folder) {
        DatabaseOptions options = DatabaseOptions.defaults().statementListener(sent::add);
        db = Scratch.await(Database.open(Shop.in(folder), options));
        books = db.objects("book");
        publishers = db.objects("publisher");
        reviews = db.objects("review");
        tags = db.objects("tag");
        shown = Shown.on(PAGE, this, db);
        sent.clear();
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    @Test
    void create_givesTheRowAsStored() {
        // tag::create[]
        Mono<Row> press = publishers.create("name", "Rill Press", "city", "Rillville");
        // end::create[]
        shown.output("create", Scratch.await(press));
        shown.sql("create", sent);
    }

    @Test
    void update_computesInTheDatabase() {
        // tag::update[]
        Mono<Long> raised = books.filter("publisher__city", "Islandville")
                .update("price_cents", F.of("price_cents").plus(50));
        // end::update[]
        shown.says("%d books became dearer", Scratch.await(raised));
        shown.sql("update", sent);

        // tag::typedUpdate[]
        Mono<Long> same = db.objects(BOOK)
                .filter(BOOK.publisher().city.eq("Islandville"))
                .update(BOOK.priceCents.to(BOOK.priceCents.plus(50)));
        // end::typedUpdate[]
        sent.clear();
        Scratch.await(same);
        shown.sql("update", sent);
    }

    @Test
    void delete_countsAndProtects() {
        // tag::delete[]
        Mono<Deleted> poor = reviews.filter("stars", 1).delete();
        // end::delete[]
        shown.output("delete", Scratch.await(poor));

        // tag::protected[]
        Mono<Deleted> refused = books.filter("id", 1).delete();
        // end::protected[]
        assertThatThrownBy(refused::block)
                .isInstanceOf(ProtectedException.class)
                .satisfies(error -> shown.output("protected", String.valueOf(error.getMessage())));
    }

    @Test
    void findOrMake_andLinks() {
        // tag::getOrCreate[]
        Mono<Created<Row>> essay = tags.getOrCreate(Fields.of("name", "essay"));
        // end::getOrCreate[]
        shown.output("getOrCreate", Scratch.await(essay), Scratch.await(essay));

        // tag::link[]
        Link tagsOfOne = db.link("book", "tags", 1);
        Mono<Long> added = tagsOfOne.add(1, 2, 3);
        Mono<Long> replaced = tagsOfOne.set(2, 4);
        // end::link[]
        assertThat(Scratch.await(added)).isPositive();
        assertThat(Scratch.await(replaced)).isPositive();
        assertThat(Scratch.await(tags.filter("books", 1).count())).isEqualTo(2);
    }

    @Test
    void bulkCreate_takesAStream() {
        // tag::bulk[]
        Flux<Fields> arriving = Flux.range(1, 10_000).map(i -> Fields.of("name", "Press " + i, "city", "Newville"));
        Mono<BulkResult> done = publishers.bulkCreate(arriving).result();
        // end::bulk[]
        shown.output("bulk", Scratch.await(done));
    }

    @Test
    void transaction_isAllOrNothing() {
        // tag::transaction[]
        Mono<Long> moved = db.inTransaction(tx -> publishers
                        .create("name", "Rill Press", "city", "Rillville")
                        .flatMap(press -> books.filter("publisher", 7).update("publisher", press)))
                .single();
        // end::transaction[]
        long before = Scratch.await(books.filter("publisher", 7).count());
        assertThat(Scratch.await(moved)).isEqualTo(before);
        assertThat(Scratch.await(books.filter("publisher__name", "Rill Press").count()))
                .isEqualTo(before);

        // tag::readOnly[]
        Mono<String> report = db.readOnly(tx ->
                        Mono.zip(books.count(), reviews.count(), (all, told) -> told + " reviews of " + all + " books"))
                .single();
        // end::readOnly[]
        shown.output("readOnly", Scratch.await(report));
    }

    @Test
    void fullText_isSearched() {
        // tag::index[]
        Mono<Database> indexed = db.sql(
                        "CREATE VIRTUAL TABLE review_search USING fts5(body, content='review', content_rowid='id')")
                .execute()
                .then(db.sql("INSERT INTO review_search (review_search) VALUES ('rebuild')")
                        .execute())
                .then(db.refresh());
        // end::index[]
        Database fresh = Scratch.await(indexed);

        // tag::search[]
        QuerySet<Row> found = fresh.objects("review")
                .filter(Fts.match("review_search", Fts.words("golden 8")))
                .annotate("part", Fts.highlight("review_search__body", "[", "]"))
                .orderBy(Fts.rank("review_search").asc(), F.of("id").asc())
                .values("book__title", "part")
                .limit(2);
        // end::search[]
        shown.output("search", list(found.flux()));
        shown.sql("search", found);
    }

    // tag::city[]
    record City(String city, long books) {}
    // end::city[]

    @Test
    void sql_isADoor() {
        // tag::raw[]
        Flux<City> cities = db.sql(
                        "SELECT city, count(*) AS books FROM book JOIN publisher p ON p.id = publisher_id"
                                + " GROUP BY city HAVING count(*) > ? ORDER BY books DESC",
                        200)
                .into(City.class)
                .flux();
        Flux<Row> rows = db.sql("SELECT * FROM book WHERE title REGEXP ?", "Silent .* 15\\d\\d")
                .as("book")
                .flux();
        // end::raw[]
        shown.output("raw", list(cities));
        assertThat(list(rows))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.tableName()).isEqualTo("book"));

        // tag::fragment[]
        QuerySet<Row> even =
                books.filter(F.raw("{0} % 2", Long.class, F.of("pages")).eq(0L));
        // end::fragment[]
        shown.sql("fragment", even);
    }
}
