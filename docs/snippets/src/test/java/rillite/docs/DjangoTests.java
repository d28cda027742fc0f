package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.docs.Shop.list;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import rillite.querysets.Agg;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Fields;
import rillite.querysets.InvalidQueryException;
import rillite.querysets.NotLoadedException;
import rillite.querysets.Prefetch;
import rillite.querysets.Q;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.UnknownRelationException;

/** philosophy/comparisons/django.md: the task, and a test for each row of the table of differences. */
final class DjangoTests {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private Database db;
    private QuerySet<Row> publishers;
    private QuerySet<Row> authors;
    private QuerySet<Row> books;

    @BeforeEach
    void open(@TempDir Path folder) {
        DatabaseOptions options = DatabaseOptions.defaults().statementListener(sent::add);
        db = Scratch.await(Database.open(Shop.in(folder), options));
        publishers = db.objects("publisher");
        authors = db.objects("author");
        books = db.objects("book");
        sent.clear();
    }

    @AfterEach
    void close() {
        Scratch.await(db.close().thenReturn(true));
    }

    private static long count(QuerySet<?> query) {
        return Scratch.await(query.count());
    }

    private long number(String sql) {
        return Scratch.await(db.sql(sql).values().flat(Long.class).get());
    }

    private static List<Object> keys(QuerySet<Row> query) {
        return list(query.flux().map(Row::pk));
    }

    @Test
    void task_isTwoStatements() {
        // tag::task[]
        QuerySet<Row> withThick = publishers
                .filter("city", "Islandville")
                .prefetchRelated(Prefetch.of(
                                "books", book -> book.filter("pages__gt", 800).orderBy("-published"))
                        .as("thick"));
        // end::task[]
        assertThat(Scratch.await(withThick.list()))
                .hasSize(5)
                .allSatisfy(publisher -> assertThat(publisher.list("thick")).isNotEmpty());
        assertThat(sent).hasSize(2);
    }

    @Test
    void row01_toManyFilter_givesEachParentOnce() {
        QuerySet<Row> loved = books.filter("reviews__stars", 5);

        assertThat(count(loved)).isEqualTo(number("SELECT count(DISTINCT book_id) FROM review WHERE stars = 5"));
        assertThat(keys(loved)).doesNotHaveDuplicates();
    }

    @Test
    void row02_exclude_isTheOppositeOfFilter() {
        Q<Object> both = Q.of("reviews__stars", 5, "reviews__body__startswith", "Golden");

        assertThat(count(books.filter(both)) + count(books.exclude(both))).isEqualTo(count(books));
        assertThat(count(books.exclude(both)))
                .isGreaterThan(
                        count(books.exclude("reviews__stars", 5).exclude("reviews__body__startswith", "Golden")));
    }

    @Test
    void row03_notInAQueryWithNull_losesNobody() {
        QuerySet<Row> nobodysMentor = authors.exclude("id__in", authors.values("mentor_id"));

        assertThat(count(nobodysMentor))
                .isEqualTo(number("SELECT count(*) FROM author a WHERE NOT EXISTS"
                        + " (SELECT 1 FROM author b WHERE b.mentor_id = a.id)"))
                .isPositive();
    }

    @Test
    void row04_contains_seesCase() {
        assertThat(count(books.filter("title__contains", "silent"))).isZero();
        assertThat(count(books.filter("title__startswith", "the"))).isZero();
        assertThat(count(books.filter("title__icontains", "silent"))).isPositive();
        assertThat(books.filter("title__startswith", "The").toSql().sql()).contains(">= ?", "< ?");
    }

    @Test
    void row05_icontains_foldsUnicode() {
        Scratch.await(authors.create("name", "Éva Ödön"));

        assertThat(count(authors.filter("name__icontains", "éva ö"))).isEqualTo(1);
        assertThat(count(authors.filter("name__iexact", "ÉVA ÖDÖN"))).isEqualTo(1);
    }

    @Test
    void row06_twoAggregates_doNotMultiply() {
        Row both = Scratch.await(books.annotate("sold", Agg.count("purchase_lines"), "stars", Agg.sum("reviews__stars"))
                .get("id", 1));

        assertThat(both.get("sold")).isEqualTo(number("SELECT count(*) FROM purchase_line WHERE book_id = 1"));
        assertThat(both.get("stars")).isEqualTo(number("SELECT sum(stars) FROM review WHERE book_id = 1"));
    }

    @Test
    void row07_placeOfFilter_changesNoAggregate() {
        QuerySet<Row> before = publishers.filter("books__pages__gt", 900).annotate("n", Agg.count("books"));
        QuerySet<Row> after = publishers.annotate("n", Agg.count("books")).filter("books__pages__gt", 900);
        QuerySet<Row> narrowed = publishers.annotate("n", Agg.count("books").filter(Q.of("pages__gt", 900)));

        assertThat(list(before.orderBy("id").flux()))
                .isEqualTo(list(after.orderBy("id").flux()));
        assertThat(Scratch.await(narrowed.aggregate("all", Agg.sum("n"))).get("all"))
                .isEqualTo(number("SELECT count(*) FROM book WHERE pages > 900"));
    }

    @Test
    void row08_orderByToMany_isRefused() {
        assertThatThrownBy(() -> authors.orderBy("books__pages")).isInstanceOf(InvalidQueryException.class);
        assertThat(count(authors.values("name", "books__pages").orderBy("books__pages")))
                .isGreaterThan(count(authors));
    }

    @Test
    void row09_distinctOn_keepsTheFirst() {
        QuerySet<Row> dearest = books.orderBy("-price_cents", "id").distinctOn("publisher");

        assertThat(count(dearest)).isEqualTo(40);
        assertThat(Scratch.await(dearest.filter("publisher", 1).get()).get("price_cents"))
                .isEqualTo(number("SELECT max(price_cents) FROM book WHERE publisher_id = 1"));
    }

    @Test
    void row10_sliceWithOrder_isWritten() {
        assertThatThrownBy(() -> books.limit(2).update("pages", 1)).isInstanceOf(InvalidQueryException.class);
        assertThat(Scratch.await(books.orderBy("-pages", "id").limit(2).update("pages", 1)))
                .isEqualTo(2);
        assertThat(count(books.filter("pages", 1))).isEqualTo(2);
        assertThat(Scratch.await(db.objects("review").orderBy("id").limit(10).delete())
                        .total())
                .isEqualTo(10);
    }

    @Test
    void row11_union_isAQueryLikeOthers() {
        QuerySet<Row> thick = books.orderBy("-pages", "id").limit(5);
        QuerySet<Row> dear = books.orderBy("-price_cents", "id").limit(5);

        assertThat(count(thick.union(dear))).isBetween(5L, 10L);
        assertThat(keys(thick.union(dear).filter("pages__gt", 0).orderBy("id").limit(3)))
                .hasSize(3);
    }

    @Test
    void row12_streamWithPrefetch_hasChunks() {
        QuerySet<Row> withReviews = books.prefetchRelated("reviews");

        assertThat(list(withReviews.flux())).hasSize(2000);
        assertThat(sent).hasSize(1 + 4);
    }

    @Test
    void row13_bulkCreate_keepsTheOrder() {
        Flux<Fields> rows =
                Flux.just(Fields.of("name", "essay"), Fields.of("id", 50, "name", "drama"), Fields.of("name", "novel"));
        QuerySet<Row> tags = db.objects("tag");

        List<Row> created = list(tags.bulkCreate(rows).onConflictIgnore().rows());

        assertThat(created).extracting(row -> row.get("name")).containsExactly("essay", "drama");
    }

    @Test
    void row14_relation_isNotLoadedSilently() {
        Row book = Scratch.await(books.find(1));

        assertThatThrownBy(() -> book.one("publisher"))
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("selectRelated(\"publisher\")");
        assertThat(sent).hasSize(1);
    }

    @Test
    void row15_wrongName_throwsInTheVerb() {
        assertThatThrownBy(() -> books.prefetchRelated("review"))
                .isInstanceOf(UnknownRelationException.class)
                .hasMessageContaining("Did you mean reviews?");
    }

    @Test
    void row16_getOrCreate_makesOne() {
        Flux<Boolean> made = Flux.range(0, 50)
                .flatMap(i -> authors.getOrCreate(Fields.of("name", "Nobody Else")))
                .map(created -> created.created());

        assertThat(list(made)).containsOnlyOnce(true).hasSize(50);
        assertThat(count(authors.filter("name", "Nobody Else"))).isEqualTo(1);
    }

    @Test
    void everyRowOfTheTable_hasATest() {
        long tests = Arrays.stream(DjangoTests.class.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("row"))
                .count();

        assertThat(Pages.text("philosophy/comparisons/django.md")
                        .lines()
                        .filter(line -> line.matches("\\| \\d+ \\|.*")))
                .hasSize((int) tests);
    }
}
