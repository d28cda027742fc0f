package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.docs.Shop.list;
import static rillite.docs.ShopTables.BookTable.BOOK;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.docs.ShopTables.Book;
import rillite.querysets.Case;
import rillite.querysets.Database;
import rillite.querysets.F;
import rillite.querysets.Fn;
import rillite.querysets.Q;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;

/** guides/querysets.md: questions about rows. */
final class TourTests {
    private static final String PAGE = "docs/guides/querysets.md";

    private Database db;
    private QuerySet<Row> books;
    private QuerySet<Row> authors;
    private Shown shown;

    @BeforeEach
    void open(@TempDir Path folder) {
        db = Scratch.await(Database.open(Shop.in(folder)));
        books = db.objects("book");
        authors = db.objects("author");
        shown = Shown.on(PAGE, this, db);
    }

    @AfterEach
    void close() {
        db.close().block();
    }

    private static long count(QuerySet<?> query) {
        return Scratch.await(query.count());
    }

    @Test
    void first_isOneStatement() {
        // tag::first[]
        QuerySet<Row> silent = db.objects("book")
                .filter("price_cents__gte", 3000, "title__startswith", "The Silent")
                .exclude("pages__lt", 100)
                .orderBy("-published")
                .limit(3);
        // end::first[]
        shown.sql("first", silent);
        shown.output("first", list(silent.flux()));

        // tag::typed[]
        QuerySet<Book> same = db.objects(BOOK)
                .filter(BOOK.priceCents.gte(3000), BOOK.title.startsWith("The Silent"))
                .exclude(BOOK.pages.lt(100))
                .orderBy(BOOK.published.desc())
                .limit(3);
        // end::typed[]
        assertThat(same.toSql()).isEqualTo(silent.toSql());
        shown.output("typed", list(same.flux()));
    }

    @Test
    void verbs_giveNewQueries() {
        // tag::chain[]
        QuerySet<Row> thick = books.filter("pages__gte", 900);
        QuerySet<Row> thickAndOld = thick.filter("published__year", 1990);
        QuerySet<Row> thickAndNew = thick.filter("published__year__gte", 2020);
        // end::chain[]
        shown.sql("chain", thickAndOld);
        shown.says("%d, %d and %d books", count(thick), count(thickAndOld), count(thickAndNew));
    }

    @Test
    void exclude_keepsWhatIsUnknown() {
        // tag::exclude[]
        QuerySet<Row> others = authors.exclude("mentor__name", "Ada Abel");
        // end::exclude[]
        shown.sql("exclude", others);
        long one = count(authors.filter("mentor__name", "Ada Abel"));
        long free = count(authors.filter("mentor__isnull", true));
        assertThat(count(others)).isEqualTo(count(authors) - one);
        shown.says("%d authors, %d of them without a mentor", count(others), free);
    }

    @Test
    void conditions_areValues() {
        // tag::q[]
        Q<Object> cheap = Q.of("price_cents__lt", 600);
        Q<Object> thick = Q.of("pages__gte", 900);
        QuerySet<Row> bargains = books.filter(cheap.and(thick.or(Q.of("publisher__city", "Rillville"))))
                .values("title", "pages", "price_cents")
                .orderBy("id");
        // end::q[]
        shown.sql("q", bargains);
        shown.output("q", list(bargains.flux()));

        // tag::typedQ[]
        Q<Book> lowPriced = BOOK.priceCents.lt(600);
        QuerySet<Book> same = db.objects(BOOK)
                .filter(lowPriced.and(
                        BOOK.pages.gte(900).or(BOOK.publisher().city.eq("Rillville"))));
        // end::typedQ[]
        assertThat(same.toSql())
                .isEqualTo(books.filter(cheap.and(thick.or(Q.of("publisher__city", "Rillville"))))
                        .toSql());

        assertThat(search(books, null, null).toSql()).isEqualTo(books.toSql());
        shown.sql("present", search(books, null, 900));
    }

    // tag::present[]
    static QuerySet<Row> search(QuerySet<Row> books, @Nullable String title, @Nullable Integer pages) {
        return books.filterPresent("title__icontains", title).filterPresent("pages__gte", pages);
    }
    // end::present[]

    @Test
    void relations_leadOn() {
        // tag::toOne[]
        QuerySet<Row> fromHarbourville = books.filter("publisher__city", "Harbourville", "pages__gt", 930);
        // end::toOne[]
        shown.sql("toOne", fromHarbourville);

        // tag::key[]
        QuerySet<Row> ofSeven = books.filter("publisher", 7);
        // end::key[]
        shown.sql("key", ofSeven);

        // tag::toMany[]
        QuerySet<Row> loved = books.filter("reviews__stars", 5);
        // end::toMany[]
        shown.sql("toMany", loved);
        // tag::many[]
        QuerySet<Row> crimes = books.filter("tags__name", "crime");
        // end::many[]
        shown.sql("many", crimes);
    }

    @Test
    void oneCall_isOneRow() {
        // tag::sameRow[]
        QuerySet<Row> oneReview = books.filter("reviews__stars", 1, "reviews__body__startswith", "Golden");
        QuerySet<Row> anyReviews = books.filter("reviews__stars", 1).filter("reviews__body__startswith", "Golden");
        // end::sameRow[]
        shown.sql("sameRow", oneReview, anyReviews);
        shown.says("%d books and %d books", count(oneReview), count(anyReviews));

        // tag::quantifiers[]
        QuerySet<Row> some = books.filter(Q.any("reviews", "stars", 1, "body__startswith", "Golden"));
        QuerySet<Row> never = books.filter(Q.none("reviews", "stars", 1));
        QuerySet<Row> always = books.filter(Q.every("reviews", "stars__gte", 4));
        QuerySet<Row> unread = books.filter("reviews__isnull", true);
        // end::quantifiers[]
        assertThat(some.toSql().sql()).isEqualTo(oneReview.toSql().sql());
        shown.sql("quantifiers", always);
        shown.says("%d, %d, %d and %d books", count(some), count(never), count(always), count(unread));

        // tag::typedAny[]
        QuerySet<Book> same =
                db.objects(BOOK).filter(BOOK.reviews().any(r -> r.stars.eq(1).and(r.body.startsWith("Golden"))));
        // end::typedAny[]
        assertThat(same.toSql().sql()).isEqualTo(some.toSql().sql());
    }

    @Test
    void f_comparesAndComputes() {
        // tag::f[]
        QuerySet<Row> dear = books.filter("price_cents__gt", F.of("pages").times(50));
        QuerySet<Row> younger = authors.filter("born__gt", F.of("mentor__born").plus(75));
        // end::f[]
        shown.sql("f", dear, younger);
        shown.says("%d books, %d authors", count(dear), count(younger));
    }

    @Test
    void functions_computeForEachRow() {
        // tag::fn[]
        QuerySet<Row> labels = books.annotate("label", Fn.concat(Fn.upper("title"), ", ", F.of("publisher__city")))
                .annotate("euros", F.of("price_cents").asReal().div(100))
                .values("label", "euros")
                .orderBy("-euros", "label")
                .limit(2);
        // end::fn[]
        shown.sql("fn", labels);
        shown.output("fn", list(labels.flux()));

        // tag::case[]
        QuerySet<Row> sizes = books.annotate(
                        "size",
                        Case.when(Q.of("pages__lt", 100), "booklet")
                                .when(Q.of("pages__gt", 800), "brick")
                                .otherwise("book"))
                .values("title", "size")
                .orderBy("id")
                .limit(3);
        // end::case[]
        shown.sql("case", sizes);
        shown.output("case", list(sizes.flux()));
    }
}
