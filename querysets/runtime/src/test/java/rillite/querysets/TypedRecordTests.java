package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.library.AuthorTable.AUTHOR;
import static rillite.querysets.library.BookTable.BOOK;
import static rillite.querysets.library.ReviewTable.REVIEW;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.library.Author;
import rillite.querysets.library.Book;
import rillite.querysets.library.Tag;

/** Records, and the related rows that they have. */
final class TypedRecordTests {

    private Fixture fixture;
    private QuerySet<Author> authors;
    private QuerySet<Book> books;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.library(Access.DRIVER, directory);
        authors = fixture.db.objects(AUTHOR).orderBy(AUTHOR.id.asc());
        books = fixture.db.objects(BOOK).orderBy(BOOK.id.asc());
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> T one(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private static <T> List<T> list(Query<?, T, ?> query) {
        return one(query.list());
    }

    @Test
    void records_haveTheValuesOfTheirColumns() {
        Author bob = one(authors.find(2));

        assertThat(bob.id()).isEqualTo(2);
        assertThat(bob.name()).isEqualTo("Bob");
        assertThat(bob.email()).isEqualTo("bob@spam.com");
        assertThat(bob.age()).isEqualTo(30);
        assertThat(bob.mentor().id()).isEqualTo(1L);
        assertThat(bob.mentor().id(Integer.class)).isEqualTo(1);
        assertThat(one(authors.find(3)).email()).isNull();
        assertThat(one(authors.find(3)).age()).isNull();
    }

    @Test
    void records_ofEqualColumns_areEqual_whateverIsLoaded() {
        Author plain = one(authors.find(1));
        Author loaded = one(authors.prefetchRelated(AUTHOR.books(), AUTHOR.mentees())
                .selectRelated(AUTHOR.profile())
                .find(1));

        assertThat(loaded).isEqualTo(plain).hasSameHashCodeAs(plain);
        assertThat(plain).isNotEqualTo(one(authors.find(2)));
    }

    @Test
    void toString_printsKeysAndNumbersOnly() {
        assertThat(one(authors.find(2)).toString())
                .contains("mentor=Ref[1]", "books=Refs[not loaded]", "profile=Ref[not loaded]");
        assertThat(one(authors.prefetchRelated(AUTHOR.books()).find(1)).toString())
                .contains("books=Refs[2]", "mentor=Ref[null]");
    }

    @Test
    void ref_thatIsNotLoaded_knowsItsKeyAndNamesTheCall() {
        Ref<Author> author = one(books.find(1)).author();

        assertThat(author.isLoaded()).isFalse();
        assertThat(author.isNull()).isFalse();
        assertThatThrownBy(author::get)
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("book.author")
                .hasMessageContaining("selectRelated(\"author\")")
                .hasMessageContaining("db.load(rows, \"author\")");
        assertThatThrownBy(author::orNull).isInstanceOf(NotLoadedException.class);
        assertThat(fixture.sent()).hasSize(1);
    }

    @Test
    void ref_ofNull_isKnownToBeEmpty() {
        var publisher = one(books.find(3)).publisher();

        assertThat(publisher.isNull()).isTrue();
        assertThat(publisher.isLoaded()).isTrue();
        assertThat(publisher.orNull()).isNull();
        assertThatThrownBy(publisher::get).isInstanceOf(NotFoundException.class).hasMessageContaining("book.publisher");
    }

    @Test
    void refs_thatAreNotLoaded_nameTheCall() {
        Refs<Book> none = one(authors.find(1)).books();

        assertThat(none.isLoaded()).isFalse();
        assertThatThrownBy(none::list)
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("author.books")
                .hasMessageContaining("prefetchRelated(\"books\")")
                .hasMessageContaining("db.load(rows, \"books\")");
        assertThatThrownBy(none::size).isInstanceOf(NotLoadedException.class);
    }

    @Test
    void ref_againstAForeignKey_isKnownOnlyWhenLoaded() {
        var profile = one(authors.find(1)).profile();
        assertThatThrownBy(profile::id).isInstanceOf(NotLoadedException.class);
        assertThat(profile.isLoaded()).isFalse();

        var loaded = one(authors.selectRelated(AUTHOR.profile()).find(1)).profile();
        assertThat(loaded.id()).isEqualTo(1L);
        assertThat(loaded.get().bio()).isEqualTo("p1");
        assertThat(loaded).isEqualTo(profile);

        var absent = one(authors.selectRelated(AUTHOR.profile()).find(3)).profile();
        assertThat(absent.isLoaded()).isTrue();
        assertThat(absent.isNull()).isTrue();
        assertThat(absent.orNull()).isNull();
    }

    @Test
    void selectRelated_readsRecordsOfOneStatement() {
        List<Book> found = list(books.selectRelated(BOOK.author().mentor(), BOOK.publisher()));

        assertThat(found)
                .extracting(book -> book.author().get().name())
                .containsExactly("Ann", "Ann", "Bob", "Cid", "Éva");
        assertThat(found.get(2).author().get().mentor().get().name()).isEqualTo("Ann");
        assertThat(found.get(0).author().get().mentor().orNull()).isNull();
        assertThat(found.get(2).publisher().orNull()).isNull();
        assertThat(found.get(0).publisher().get().name()).isEqualTo("Pub1");
        assertThat(fixture.sent())
                .containsExactly(fixture.db
                        .objects("book")
                        .orderBy("id")
                        .selectRelated("author__mentor", "publisher")
                        .toSql()
                        .sql());
    }

    @Test
    void selectRelated_ofOneLevel_namesTheWholePath() {
        Book book = one(books.selectRelated(BOOK.author()).find(1));

        assertThatThrownBy(() -> book.author().get().books().list())
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("prefetchRelated(\"author__books\")");
    }

    @Test
    void prefetchRelated_readsOneStatementForEachLevel() {
        List<Author> found = list(authors.prefetchRelated(AUTHOR.books().then(b -> b.tags())));

        assertThat(found)
                .extracting(author -> author.books().list().stream()
                        .map(book -> book.tags().list().stream().map(Tag::name).toList())
                        .toList())
                .containsExactly(
                        List.of(List.of("java", "sql"), List.of("java")),
                        List.of(List.of("sql", "web")),
                        List.of(List.of()),
                        List.of(List.of("java")),
                        List.of());
        assertThat(fixture.sent()).hasSize(3);
        assertThat(found.get(0).books().list().get(0).author().get().name()).isEqualTo("Ann");
    }

    @Test
    void prefetchRelated_withQuery_narrowsSortsAndSlicesForEachOwner() {
        List<Author> found = list(authors.prefetchRelated(AUTHOR.books()
                .with(q ->
                        q.filter(BOOK.pages.gte(100)).orderBy(BOOK.pages.desc()).limit(1))
                .then(b -> b.reviews())));

        assertThat(found)
                .extracting(
                        author -> author.books().list().stream().map(Book::id).toList())
                .containsExactly(List.of(2L), List.of(3L), List.of(4L), List.of(), List.of());
        assertThat(found.get(0).books().list().get(0).reviews().size()).isEqualTo(1);
        assertThat(fixture.sent()).hasSize(3);
    }

    @Test
    void prefetchRelated_overToOne_reachesItsRelations() {
        List<Book> found = list(books.prefetchRelated(BOOK.author().books(), BOOK.publisher()));

        assertThat(found.get(0).author().get().books().size()).isEqualTo(2);
        assertThat(found.get(0).publisher().get().name()).isEqualTo("Pub1");
        assertThat(fixture.sent()).hasSize(4);
    }

    @Test
    void prefetchRelated_inAStream_readsChunks() {
        StepVerifier.create(
                        authors.prefetchRelated(AUTHOR.books())
                                .fetchSize(2)
                                .flux()
                                .map(author -> author.books().size()),
                        1)
                .expectNext(2)
                .thenRequest(10)
                .expectNext(1, 1, 1, 0)
                .verifyComplete();
        assertThat(fixture.sent())
                .filteredOn(sql -> sql.contains("FROM \"book\""))
                .hasSize(3);
    }

    @Test
    void withoutRelated_readsPlainRecords() {
        Author ann =
                one(authors.prefetchRelated(AUTHOR.books()).withoutRelated().find(1));

        assertThat(ann.books().isLoaded()).isFalse();
    }

    @Test
    void annotate_keepsWhatIsLoaded() {
        var n = AUTHOR.books().count().as("n");
        Annotated<Author> ann =
                list(authors.prefetchRelated(AUTHOR.books()).annotate(n)).get(0);

        assertThat(ann.get(n)).isEqualTo(2);
        assertThat(ann.value().books().size()).isEqualTo(2);
    }

    @Test
    void load_completesRecordsInHand_andKeepsWhatTheyHave() {
        List<Author> plain = list(authors.prefetchRelated(AUTHOR.books()));
        fixture.sent();

        List<Author> loaded =
                one(fixture.db.load(plain, AUTHOR.mentor(), AUTHOR.books().then(b -> b.tags())));

        assertThat(loaded).isEqualTo(plain);
        assertThat(loaded.get(1).mentor().get().name()).isEqualTo("Ann");
        assertThat(loaded.get(0).books().list().get(0).tags().size()).isEqualTo(2);
        assertThat(fixture.sent()).as("mentors and tags").hasSize(2);
        assertThatThrownBy(() -> plain.get(1).mentor().get()).isInstanceOf(NotLoadedException.class);
        assertThat(one(fixture.db.load(List.<Author>of(), AUTHOR.books()))).isEmpty();
    }

    @Test
    void reload_readsAgain() {
        List<Author> before = list(authors.prefetchRelated(AUTHOR.books()));
        fixture.jdbc("DELETE FROM book WHERE id = 2");

        assertThat(one(fixture.db.load(before, AUTHOR.books())).get(0).books().size())
                .isEqualTo(2);
        assertThat(one(fixture.db.reload(before, AUTHOR.books())).get(0).books().size())
                .isEqualTo(1);
    }

    @Test
    void refs_madeByHand_areKeysOnly() {
        assertThat(Ref.<Author>of(5))
                .isEqualTo(Ref.of(5L))
                .hasToString("Ref[5]")
                .isNotEqualTo(Ref.of(6L));
        assertThat(Ref.of(null).isNull()).isTrue();
        assertThat(Ref.of(null).orNull()).isNull();
        assertThatThrownBy(() -> Ref.of(5).get())
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("Ref[5]");
        assertThatThrownBy(() -> Refs.of("author", "books").list())
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("author.books");
        assertThat(one(authors.find(1)).books()).isEqualTo(Refs.of("author", "books"));
    }

    @Test
    void conditions_takeRecords() {
        Author ann = one(authors.find(1));
        Book b1 = one(books.find(3));

        assertThat(list(books.filter(BOOK.author().is(ann))))
                .extracting(Book::id)
                .containsExactly(1L, 2L);
        assertThat(list(books.filter(BOOK.author().in(List.of(ann, one(authors.find(2)))))))
                .extracting(Book::id)
                .containsExactly(1L, 2L, 3L);
        assertThat(list(authors.filter(AUTHOR.is(ann)))).containsExactly(ann);
        assertThat(one(authors.contains(ann))).isTrue();
        assertThat(one(authors.filter(AUTHOR.age.lt(10)).contains(ann))).isFalse();
        assertThat(one(authors.find(ann))).isEqualTo(ann);
        assertThat(list(fixture.db.objects(REVIEW).filter(REVIEW.book().is(b1))))
                .hasSize(1);
        assertThat(books.filter(BOOK.author().is(ann)).toSql().sql())
                .isEqualTo(fixture.db
                        .objects("book")
                        .orderBy("id")
                        .filter("author", 1)
                        .toSql()
                        .sql());
    }

    @Test
    void nullInAColumnThatIsNeverNull_isAnErrorWithTableKeyAndColumn(@TempDir Path directory) {
        try (Fixture lying = Fixture.ofScript(
                Access.DRIVER,
                directory,
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INTEGER, mentor_id INTEGER);"
                        + "INSERT INTO author VALUES (1, 'Ann', NULL, NULL, NULL), (2, NULL, NULL, NULL, NULL);")) {
            StepVerifier.create(lying.db
                            .objects(AUTHOR)
                            .orderBy(AUTHOR.id.asc())
                            .flux()
                            .map(Author::id))
                    .expectNext(1L)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(InvalidValueException.class)
                            .hasMessageContaining("author.name (id 2) is NULL"))
                    .verify(Fixture.PATIENCE);
        }
    }

    @Test
    void columns_inAnotherOrderOrMore_areFoundByName(@TempDir Path directory) {
        try (Fixture other = Fixture.ofScript(
                Access.DRIVER,
                directory,
                "CREATE TABLE author (mentor_id INTEGER, age INTEGER, extra TEXT, name TEXT NOT NULL, email TEXT,"
                        + " id INTEGER PRIMARY KEY); INSERT INTO author VALUES (NULL, 3, 'x', 'Ann', NULL, 7);")) {
            Author ann = one(other.db.objects(AUTHOR).get());

            assertThat(ann.id()).isEqualTo(7);
            assertThat(ann.age()).isEqualTo(3);
            assertThat(one(other.db.objects(AUTHOR).create(AUTHOR.name.to("Bob")))
                            .name())
                    .isEqualTo("Bob");
        }
    }

    @Test
    void columns_thatTheFileLacks_areRefusedWhenTheTableIsOpened(@TempDir Path directory) {
        try (Fixture other = Fixture.ofScript(
                Access.DRIVER, directory, "CREATE TABLE author (id INTEGER PRIMARY KEY, nmae TEXT);")) {
            assertThatThrownBy(() -> other.db.objects(AUTHOR))
                    .isInstanceOf(UnknownFieldException.class)
                    .hasMessageContaining("\"name\" on author")
                    .hasMessageContaining("nmae");
            assertThatThrownBy(() -> other.db.objects(BOOK)).isInstanceOf(UnknownTableException.class);
        }
    }
}
