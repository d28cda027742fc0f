package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static rillite.docs.Shop.list;
import static rillite.docs.ShopTables.BookTable.BOOK;
import static rillite.docs.ShopTables.PublisherTable.PUBLISHER;
import static rillite.docs.ShopTables.ReviewTable.REVIEW;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.docs.ShopTables.Book;
import rillite.docs.ShopTables.Publisher;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Prefetch;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.StatementCounter;

/** guides/querysets.md: related rows. */
final class TourRelationsTests {
    private static final String PAGE = "docs/guides/querysets.md";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private Database db;
    private QuerySet<Row> books;
    private QuerySet<Row> publishers;
    private Shown shown;

    @BeforeEach
    void open(@TempDir Path folder) {
        DatabaseOptions options = DatabaseOptions.defaults().statementListener(sent::add);
        db = Scratch.await(Database.open(Shop.in(folder), options));
        books = db.objects("book");
        publishers = db.objects("publisher");
        shown = Shown.on(PAGE, this, db);
        sent.clear();
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    @Test
    void selectRelated_joins() {
        // tag::select[]
        QuerySet<Row> withPublisher =
                books.selectRelated("publisher").orderBy("id").limit(2);
        Flux<String> lines = withPublisher
                .flux()
                .map(book -> book.get("title") + ", " + book.one("publisher").get("city"));
        // end::select[]
        shown.output("select", list(lines));
        shown.sql("select", sent);

        // tag::typedSelect[]
        Flux<String> same = db.objects(BOOK)
                .selectRelated(BOOK.publisher())
                .orderBy(BOOK.id.asc())
                .limit(2)
                .flux()
                .map(book -> book.title() + ", " + book.publisher().get().city());
        // end::typedSelect[]
        assertThat(list(same)).isEqualTo(list(lines));
    }

    @Test
    void prefetchRelated_isOneStatementPerLevel() {
        // tag::prefetch[]
        QuerySet<Row> islanders =
                publishers.filter("city", "Islandville").orderBy("id").prefetchRelated("books__reviews");
        Mono<List<String>> lines = islanders
                .list()
                .map(all -> all.stream()
                        .map(publisher -> publisher.get("name") + ": "
                                + publisher.list("books").size() + " books, "
                                + publisher.list("books").stream()
                                        .mapToInt(book -> book.list("reviews").size())
                                        .sum() + " reviews")
                        .toList());
        // end::prefetch[]
        shown.output("prefetch", Scratch.await(lines));
        shown.sql("prefetch", sent);

        // tag::counted[]
        try (StatementCounter counter = StatementCounter.on(db)) {
            islanders.list().block();
            counter.assertStatements(3);
        }
        // end::counted[]
    }

    @Test
    void prefetch_takesAQuery() {
        // tag::query[]
        QuerySet<Row> withTwo = publishers
                .orderBy("id")
                .limit(2)
                .prefetchRelated(
                        Prefetch.of("books", book -> book.orderBy("-pages").limit(2))
                                .as("thickest"));
        Flux<String> lines = withTwo.flux()
                .map(publisher -> publisher.get("name") + ": "
                        + publisher.list("thickest").stream()
                                .map(book -> book.get("title"))
                                .toList());
        // end::query[]
        shown.output("query", list(lines));

        // tag::typedQuery[]
        Flux<Publisher> same = db.objects(PUBLISHER)
                .orderBy(PUBLISHER.id.asc())
                .limit(2)
                .prefetchRelated(PUBLISHER
                        .books()
                        .with(q -> q.orderBy(BOOK.pages.desc()).limit(2))
                        .then(b -> b.reviews().with(q -> q.filter(REVIEW.stars.eq(5)))))
                .flux();
        // end::typedQuery[]
        List<Publisher> both = list(same);
        assertThat(both).extracting(publisher -> publisher.books().size()).containsExactly(2, 2);
        assertThat(both.get(0).books().list().get(0).reviews().isLoaded()).isTrue();
    }

    @Test
    void whatWasNotLoaded_isAnError() {
        Row row = Scratch.await(books.get("id", 1));
        Book book = Scratch.await(db.objects(BOOK).find(1));

        shown.output(
                "notLoaded",
                String.valueOf(catchThrowable(() -> row.one("publisher")).getMessage()));

        // tag::ref[]
        Object key = book.publisher().id(); // known without a statement
        boolean loaded = book.publisher().isLoaded(); // false
        Mono<List<Book>> complete = db.load(List.of(book), BOOK.publisher(), BOOK.reviews());
        // end::ref[]
        assertThat(key).isEqualTo(16L);
        assertThat(loaded).isFalse();
        assertThat(Scratch.await(complete).get(0).publisher().get().name()).isEqualTo("Dahl Press 16");
    }
}
