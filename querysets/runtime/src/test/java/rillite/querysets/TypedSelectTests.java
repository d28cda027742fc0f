package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.Agg.count;
import static rillite.querysets.Agg.max;
import static rillite.querysets.library.AuthorTable.AUTHOR;
import static rillite.querysets.library.BookTable.BOOK;
import static rillite.querysets.library.ReviewTable.REVIEW;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.library.Author;
import rillite.querysets.library.Book;
import rillite.querysets.library.Review;

/** Choosing, computing and aggregating typed values. */
final class TypedSelectTests {

    private Fixture fixture;
    private QuerySet<Author> authors;
    private QuerySet<Book> books;
    private QuerySet<Review> reviews;

    record Card(long id, String name) {}

    record Pages(String title, int pages) {}

    record Aged(long id, int age) {}

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.library(Access.DRIVER, directory);
        authors = fixture.db.objects(AUTHOR).orderBy(AUTHOR.id.asc());
        books = fixture.db.objects(BOOK).orderBy(BOOK.id.asc());
        reviews = fixture.db.objects(REVIEW).orderBy(REVIEW.id.asc());
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> List<T> list(Query<?, T, ?> query) {
        return Objects.requireNonNull(query.list().block(Fixture.PATIENCE));
    }

    @Test
    void select_ofOneColumn_givesPlainValues() {
        Projection<Author, String> names = authors.select(AUTHOR.name).limit(2);

        assertThat(list(names)).containsExactly("Ann", "Bob");
        assertThat(names.toSql().sql())
                .isEqualTo("SELECT \"author\".\"name\" FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?");
    }

    @Test
    void select_ofNullableColumn_isRefusedUnlessFiltered() {
        assertThatThrownBy(() -> authors.select(AUTHOR.email))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("author.email", "selectOptional");
        assertThat(list(authors.filter(AUTHOR.email.notNull()).select(AUTHOR.email)))
                .containsExactly("ann@x.org", "bob@spam.com", "eva@x.org");
    }

    @Test
    void selectOptional_ofNull_isEmpty() {
        assertThat(list(authors.selectOptional(AUTHOR.email).limit(3)))
                .containsExactly(Optional.of("ann@x.org"), Optional.of("bob@spam.com"), Optional.empty());
    }

    @Test
    void select_ofTwoToEightValues_givesRowsOfThem() {
        assertThat(list(authors.select(AUTHOR.id, AUTHOR.age).limit(1))).containsExactly(new Row2<>(1L, 40));
        assertThat(list(authors.select(AUTHOR.id, AUTHOR.name, AUTHOR.email).slice(2, 3)))
                .containsExactly(new Row3<>(3L, "Cid", null));
        assertThat(list(books.select(BOOK.id, BOOK.title, BOOK.pages, BOOK.published)
                        .limit(1)))
                .containsExactly(new Row4<>(1L, "A1", 100, LocalDate.of(2020, 1, 1)));
        assertThat(list(books.select(BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.pages)
                        .limit(1)))
                .containsExactly(new Row5<>(1L, 1L, 1L, 1L, 100));
        assertThat(list(books.select(BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.pages)
                        .limit(1)))
                .containsExactly(new Row6<>(1L, 1L, 1L, 1L, 1L, 100));
        assertThat(list(books.select(BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.pages)
                        .limit(1)))
                .containsExactly(new Row7<>(1L, 1L, 1L, 1L, 1L, 1L, 100));
        assertThat(list(books.select(BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.id, BOOK.pages)
                        .limit(1)))
                .containsExactly(new Row8<>(1L, 1L, 1L, 1L, 1L, 1L, 1L, 100));
    }

    @Test
    void select_withConstructor_makesItsValues() {
        assertThat(list(authors.select(AUTHOR.id, AUTHOR.name, Card::new).limit(1)))
                .containsExactly(new Card(1, "Ann"));
        assertThat(list(books.select(BOOK.title, BOOK.author().name, BOOK.pages, (t, a, p) -> t + a + p)
                        .limit(1)))
                .containsExactly("A1Ann100");
    }

    @Test
    void select_withConstructorThatTakesNoNull_namesTheColumnAndKey() {
        StepVerifier.create(authors.select(AUTHOR.id, AUTHOR.age, Aged::new))
                .expectNext(new Aged(1, 40), new Aged(2, 30))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("author.age")
                        .hasMessageContaining("id 3"))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void select_ofRelatedColumns_joins() {
        assertThat(list(books.select(BOOK.title, BOOK.publisher().name).slice(1, 3)))
                .containsExactly(new Row2<>("A2", "Pub2"), new Row2<>("B1", null));
    }

    @Test
    void select_afterSelect_choosesAnew() {
        assertThat(list(authors.select(AUTHOR.id, AUTHOR.name)
                        .filter(AUTHOR.age.eq(40))
                        .select(AUTHOR.name)))
                .containsExactly("Ann");
    }

    @Test
    void select_ofAggregateWithoutGroups_isRefused() {
        assertThatThrownBy(() -> books.select(BOOK.pages, count()))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("groupBy");
    }

    @Test
    void select_ofComputedNull_namesTheValue() {
        StepVerifier.create(authors.select(AUTHOR.mentorId.plus(1)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("NULL"))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void groupBy_withHaving_filtersGroups() {
        var n = count(BOOK.id).as("n");
        Projection<Book, Row3<Integer, Long, LocalDate>> groups = fixture.db
                .objects(BOOK)
                .groupBy(BOOK.pages)
                .select(BOOK.pages, n, max(BOOK.published))
                .filter(n.gt(1));

        assertThat(list(groups)).containsExactly(new Row3<>(100, 2L, LocalDate.of(2020, 1, 1)));
        assertThat(groups.toSql().sql()).contains(" GROUP BY \"book\".\"pages\" HAVING count(\"book\".\"id\") > ?");
        assertThatThrownBy(() -> books.groupBy(BOOK.pages).select(BOOK.title, count()))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("differs within the group");
        assertThatThrownBy(books::groupBy).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void groupBy_ofTransform_groupsByIt() {
        assertThat(list(fixture.db
                        .objects(BOOK)
                        .filter(BOOK.published.notNull())
                        .groupBy(BOOK.published.year())
                        .select(BOOK.published.year(), count())
                        .orderBy(BOOK.published.year().asc())))
                .containsExactly(new Row2<>(2020L, 2L), new Row2<>(2021L, 2L));
    }

    @Test
    void annotate_givesRowsWithValues() {
        var n = AUTHOR.books().count().as("n");
        var longest = AUTHOR.books().max(b -> b.pages).as("longest");
        Projection<Author, Annotated<Author>> query =
                authors.annotate(n, longest).filter(n.gt(1));

        Annotated<Author> ann = list(query).get(0);
        assertThat(ann.value().name()).isEqualTo("Ann");
        Long number = ann.get(n);
        Integer pages = ann.get(longest);
        assertThat(number).isEqualTo(2);
        assertThat(pages).isEqualTo(200);
        assertThat(ann).isEqualTo(list(query).get(0)).hasToString(ann.value() + " with {n=2, longest=200}");
        assertThatThrownBy(() -> ann.get(AUTHOR.books().count().as("m"))).isInstanceOf(UnknownFieldException.class);
        assertThatThrownBy(() -> ann.get(AUTHOR.books().count()))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("as(");
        assertThatThrownBy(() -> authors.annotate(AUTHOR.books().count())).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void annotate_ofDynamicQuery_givesRowsToo() {
        var n = Agg.count("books").as("n");

        Annotated<Row> ann =
                list(fixture.db.objects("author").annotate(n).orderBy("id")).get(0);

        assertThat(ann.value().get("name")).isEqualTo("Ann");
        assertThat(ann.get(n)).isEqualTo(2L);
    }

    @Test
    void alias_isUsableAndNotRead() {
        var n = AUTHOR.books().count().as("n");
        QuerySet<Author> several = authors.alias(n).filter(n.gte(2));

        assertThat(list(several)).extracting(Author::name).containsExactly("Ann");
        assertThat(several.toSql().sql())
                .startsWith("SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\","
                        + " \"author\".\"age\", \"author\".\"mentor_id\" FROM");
    }

    @Test
    void aggregates_giveTypedMonos() {
        Mono<Long> sum = books.sum(BOOK.pages);
        Mono<Double> avg = books.avg(BOOK.pages);
        Mono<LocalDate> first = books.min(BOOK.published);
        Mono<String> last = books.max(BOOK.title);
        Mono<Row2<Long, Integer>> both = books.aggregate(count(), max(BOOK.pages));

        assertThat(sum.block(Fixture.PATIENCE)).isEqualTo(750L);
        assertThat(avg.block(Fixture.PATIENCE)).isEqualTo(150.0);
        assertThat(first.block(Fixture.PATIENCE)).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(last.block(Fixture.PATIENCE)).isEqualTo("C1");
        assertThat(both.block(Fixture.PATIENCE)).isEqualTo(new Row2<>(5L, 300));
        assertThat(fixture.sent()).hasSize(5);
    }

    @Test
    void aggregates_ofNothing_areEmptyOrTheirOtherwise() {
        QuerySet<Book> nothing = books.filter(BOOK.id.eq(99));

        StepVerifier.create(nothing.sum(BOOK.pages)).verifyComplete();
        StepVerifier.create(nothing.none().max(BOOK.pages)).verifyComplete();
        StepVerifier.create(nothing.aggregate(Agg.sum(BOOK.pages).orElse(0)))
                .expectNext(0L)
                .verifyComplete();
    }

    @Test
    void only_readsSomeColumns_andKnowsWhich() {
        Projection<Book, Partial<Book>> some = books.only(BOOK.title).limit(1);

        Partial<Book> book = list(some).get(0);
        String title = book.get(BOOK.title);
        assertThat(title).isEqualTo("A1");
        assertThat(book.get(BOOK.id)).isEqualTo(1L);
        assertThat(book.isLoaded(BOOK.title)).isTrue();
        assertThat(book.isLoaded(BOOK.pages)).isFalse();
        assertThat(book.isLoaded(BOOK.author().name)).isFalse();
        assertThatThrownBy(() -> book.get(BOOK.pages)).isInstanceOf(NotLoadedException.class);
        assertThat(list(some)).containsExactly(book);
        assertThat(some.toSql().sql()).startsWith("SELECT \"book\".\"id\", \"book\".\"title\" FROM");
    }

    @Test
    void defer_leavesColumnsOut_alsoOfJoinedRows() {
        Partial<Book> book = list(books.selectRelated(BOOK.author())
                        .defer(BOOK.pages, BOOK.author().email)
                        .limit(1))
                .get(0);

        assertThat(book.isLoaded(BOOK.pages)).isFalse();
        assertThat(book.isLoaded(BOOK.author().email)).isFalse();
        assertThat(book.get(BOOK.author().name)).isEqualTo("Ann");
        assertThatThrownBy(() -> books.only("title"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("records");
    }

    @Test
    void case_andCalculations_computeValues() {
        assertThat(list(books.select(BOOK.pages.times(2).minus(BOOK.id)).limit(2)))
                .containsExactly(199, 398);
        assertThat(list(books.select(BOOK.pages.asReal().div(8)).limit(1))).containsExactly(12.5);
        assertThat(list(authors.select(AUTHOR.name.lower()).limit(1))).containsExactly("ann");
        assertThat(list(authors.select(AUTHOR.name.length(), AUTHOR.name.upper())
                        .limit(1)))
                .containsExactly(new Row2<>(3L, "ANN"));
        assertThat(list(reviews.select(REVIEW.stars.neg().abs().mod(3)).limit(1)))
                .containsExactly(2);
    }

    @Test
    void each_ofToMany_repeatsTheRow() {
        assertThat(list(books.select(BOOK.id, BOOK.tags().each(t -> t.name))
                        .filter(BOOK.id.lt(3))
                        .orderBy("id", "tags__id")))
                .containsExactly(new Row2<>(1L, "java"), new Row2<>(1L, "sql"), new Row2<>(2L, "java"));
    }

    @Test
    void contradictions_inTheFile_nameTableKeyAndColumn() {
        fixture.jdbc("UPDATE author SET age = 'old' WHERE id = 2");

        StepVerifier.create(authors.select(AUTHOR.id, AUTHOR.age))
                .expectNext(new Row2<>(1L, 40))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("author.age")
                        .hasMessageContaining("id 2"))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void integers_thatDoNotFit_areErrors() {
        fixture.jdbc("UPDATE author SET age = 5000000000 WHERE id = 1");

        StepVerifier.create(authors.selectOptional(AUTHOR.age))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("author.age"))
                .verify(Fixture.PATIENCE);
    }
}
