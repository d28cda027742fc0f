package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.library.AuthorTable.AUTHOR;
import static rillite.querysets.library.BookTable.BOOK;
import static rillite.querysets.library.BookTagTable.BOOK_TAG;
import static rillite.querysets.library.PublisherTable.PUBLISHER;
import static rillite.querysets.library.TagTable.TAG;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.library.Author;
import rillite.querysets.library.Book;
import rillite.querysets.library.NewAuthor;
import rillite.querysets.library.NewBook;
import rillite.querysets.library.NewPublisher;
import rillite.querysets.library.NewTag;
import rillite.querysets.library.Publisher;
import rillite.querysets.library.Tag;

/** Verbs that write take table classes, and send what their dynamic forms send. */
final class TypedVerbTests {

    private static final List<String> TABLES = List.of("author", "book", "book_tag", "publisher", "review", "tag");

    @TempDir
    Path directory;

    private Fixture typed;
    private Fixture dynamic;
    private Book book;
    private Tag java;
    private Tag sql;

    @BeforeEach
    void open() {
        typed = Fixture.library(Access.BARE, directory);
        dynamic = Fixture.library(Access.BARE, directory);
        book = one(typed.db.objects(BOOK).find(2));
        java = one(typed.db.objects(TAG).get(TAG.name.eq("java")));
        sql = one(typed.db.objects(TAG).get(TAG.name.eq("sql")));
        typed.sent();
    }

    @AfterEach
    void close() {
        typed.close();
        dynamic.close();
    }

    private static <T> T one(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    /** Both send the same statements, answer the same and leave the same rows. */
    private <T> ObjectAssert<T> same(Function<Database, Mono<T>> typedCall, Function<Database, Mono<T>> dynamicCall) {
        T answer = one(typedCall.apply(typed.db));
        assertThat(one(dynamicCall.apply(dynamic.db))).isEqualTo(answer);
        List<String> sent = typed.sent();
        assertThat(sent).isNotEmpty().isEqualTo(dynamic.sent());
        assertThat(rows(typed)).isEqualTo(rows(dynamic));
        return assertThatObject(answer);
    }

    private static List<List<List<@Nullable Object>>> rows(Fixture fixture) {
        List<List<List<@Nullable Object>>> all = new ArrayList<>();
        TABLES.forEach(table -> all.add(fixture.jdbc("SELECT * FROM " + table + " ORDER BY 1, 2")));
        return all;
    }

    @Test
    void link_ofALinkTable_takesRecords() {
        same(
                        db -> db.link(BOOK.tags(), book).add(java, sql),
                        db -> db.link("book", "tags", 2).add(java.id(), sql.id()))
                .isEqualTo(1L);
        same(
                        db -> db.link(BOOK.tags(), book).remove(java),
                        db -> db.link("book", "tags", 2).remove(java.id()))
                .isEqualTo(1L);
        same(
                db -> db.link(BOOK.tags(), book).set(List.of(java)),
                db -> db.link("book", "tags", 2).set(java.id()));
        same(
                db -> db.link(BOOK.tags(), book).set(sql, java),
                db -> db.link("book", "tags", 2).set(sql.id(), java.id()));
        same(
                        db -> db.link(BOOK.tags(), book).clear(),
                        db -> db.link("book", "tags", 2).clear())
                .isEqualTo(2L);
        same(
                        db -> db.link(TAG.books(), Ref.of(java.id())).add(List.of(book)),
                        db -> db.link("tag", "books", java.id()).add(2))
                .isEqualTo(1L);
        same(
                        db -> db.link(TAG.books(), java).remove(List.of(book)),
                        db -> db.link("tag", "books", java.id()).remove(List.of(2)))
                .isEqualTo(1L);
        assertThat(one(typed.db.link(BOOK.tags(), book).byKey().add(sql.id()))).isEqualTo(1);
    }

    @Test
    void link_ofAForeignKey_takesRecords() {
        Author ann = one(typed.db.objects(AUTHOR).find(1));
        typed.sent();
        same(
                        db -> db.link(AUTHOR.books(), ann).add(book),
                        db -> db.link("author", "books", 1).add(2))
                .isEqualTo(0L);
        same(
                db -> db.link(AUTHOR.mentees(), ann).set(List.of()),
                db -> db.link("author", "mentees", 1).set(List.of()));
        assertThatThrownBy(() -> typed.db.link(AUTHOR.books(), ann).clear())
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("cannot be NULL");
    }

    @Test
    void link_creates_andGivesTheRecord() {
        Tag made = one(typed.db.link(BOOK.tags(), book).create(new NewTag("new")));
        Row row = one(dynamic.db.link("book", "tags", 2).create("name", "new"));
        assertThat(made.id()).isEqualTo(row.get("id"));
        assertThat(typed.sent()).isEqualTo(dynamic.sent());

        Book written = one(typed.db.link(AUTHOR.books(), Ref.of(3)).create(BOOK.title.to("T"), BOOK.pages.to(3)));
        one(dynamic.db.link("author", "books", 3).create("title", "T", "pages", 3));
        assertThat(written.author().id()).isEqualTo(3L);
        assertThat(typed.sent()).isEqualTo(dynamic.sent());
        assertThat(rows(typed)).isEqualTo(rows(dynamic));
        assertThatThrownBy(() -> typed.db.link(AUTHOR.books(), Ref.of(3)).create(new NewBook("x", 4, 2)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("what makes the link");
    }

    @Test
    void link_takesFurtherColumnsOfTheLinkTable() {
        String script = """
                CREATE TABLE book (id INTEGER PRIMARY KEY);
                CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT);
                CREATE TABLE book_tag (book_id INTEGER REFERENCES book, tag_id INTEGER REFERENCES tag, weight INTEGER,
                  PRIMARY KEY (book_id, tag_id));
                INSERT INTO book VALUES (2);
                INSERT INTO tag VALUES (7, 'x');
                """;
        try (Fixture other = Fixture.ofScript(Access.BARE, directory, script)) {
            Assign<Object> weight =
                    Assign.of(new IntCol<>(new Place<>(List.of(), "weight", 0, Reading.of(Integer.class))), 5);
            Tag seven = new Tag(7, "x", java.bookTags(), java.books());
            assertThat(one(other.db.link(BOOK.tags(), book).add(List.of(seven), weight)))
                    .isEqualTo(1L);
            assertThat(one(other.db.link(BOOK.tags(), book).create(new NewTag("y"), weight))
                            .name())
                    .isEqualTo("y");
            assertThat(other.jdbc("SELECT tag_id, weight FROM book_tag")).containsExactly(List.of(7, 5), List.of(8, 5));
        }
        assertThatThrownBy(() -> typed.db.link(BOOK.tags(), book).add(List.of(java), BOOK_TAG.bookId.to(3L)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("what makes the link");
    }

    @Test
    void link_belongsToOneRowOfTheOwner() {
        assertThatThrownBy(() -> typed.db.link(BOOK.author().books(), book))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("author__books")
                .hasMessageContaining("AUTHOR.books()");
        ToMany<Author, Book, ?> narrowed =
                AUTHOR.books().on(b -> b.pages.gt(100)).as("big");
        assertThatThrownBy(() -> typed.db.link(narrowed, Ref.of(1)))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("narrowed");
        assertThatThrownBy(() -> typed.db.link(BOOK.tags(), Ref.of(null))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void link_inATransaction_belongsToIt() {
        StepVerifier.create(typed.db.inTransaction(tx -> tx.link(BOOK.tags(), book)
                        .set(List.of())
                        .then(tx.link(BOOK.tags(), Ref.of(2)).add(java))
                        .then(Mono.error(new IllegalStateException("back")))))
                .expectErrorMessage("back")
                .verify(Fixture.PATIENCE);
        assertThat(rows(typed)).isEqualTo(rows(dynamic));
    }

    @Test
    void bulkInsert_takesNewRecords() {
        List<NewAuthor> news = List.of(new NewAuthor("Zoe").age(3), new NewAuthor("Yan").age(null));
        List<Fields> fields = List.of(Fields.of("name", "Zoe", "age", 3), Fields.of("name", "Yan", "age", null));
        same(
                        db -> db.objects(AUTHOR).bulkInsert(news).result(),
                        db -> db.objects("author").bulkCreate(fields).result())
                .isEqualTo(new BulkResult(2, 0, 0, 1));
        same(
                        db -> db.objects(AUTHOR)
                                .bulkInsert(Flux.range(0, 5).map(i -> new NewAuthor("n" + i)))
                                .batch(2)
                                .result(),
                        db -> db.objects("author")
                                .bulkCreate(Flux.range(0, 5).map(i -> Fields.of("name", "n" + i)))
                                .batch(2)
                                .result())
                .isEqualTo(new BulkResult(5, 0, 0, 3));
        same(
                db -> db.objects(PUBLISHER)
                        .bulkInsert(List.of(new NewPublisher("Pub1").id(1)))
                        .onConflictUpdate(PUBLISHER.id)
                        .set(PUBLISHER.name)
                        .result(),
                db -> db.objects("publisher")
                        .bulkCreate(List.of(Fields.of("name", "Pub1", "id", 1)))
                        .onConflictUpdate("id")
                        .set("name")
                        .result());
        StepVerifier.create(typed.db
                        .objects(AUTHOR)
                        .bulkInsert(List.of(new NewAuthor("Q")))
                        .rows()
                        .map(Author::name))
                .expectNext("Q")
                .verifyComplete();
        StepVerifier.create(typed.db
                        .objects(AUTHOR)
                        .bulkInsert(Flux.just(new NewAuthor("R").id(1)))
                        .result())
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(BulkException.class).hasMessageStartingWith("bulkInsert of "))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void bulkUpdate_takesRecordsAndColumns() {
        List<Book> longer = one(typed.db.objects(BOOK).list()).stream()
                .map(b -> new Book(
                        b.id(),
                        "new " + b.title(),
                        b.author(),
                        Ref.of(1),
                        b.pages() + 1,
                        b.published(),
                        b.created(),
                        b.bookTags(),
                        b.reviews(),
                        b.tags()))
                .toList();
        List<Fields> fields = longer.stream()
                .map(b -> Fields.of("id", b.id(), "title", b.title(), "pages", b.pages(), "publisher_id", 1))
                .toList();
        typed.sent();
        same(
                        db -> db.objects(BOOK).bulkUpdate(longer, BOOK.pages, BOOK.title),
                        db -> db.objects("book").bulkUpdate(fields, "pages", "title"))
                .isEqualTo((long) longer.size());
        same(
                        db -> db.objects(BOOK)
                                .filter(BOOK.id.lt(3))
                                .bulkUpdate(Flux.fromIterable(longer), BOOK.publisherId),
                        db -> db.objects("book")
                                .filter("id__lt", 3)
                                .bulkUpdate(Flux.fromIterable(fields), "publisher_id"))
                .isEqualTo(2L);
        assertThatThrownBy(() -> typed.db.objects(BOOK).bulkUpdate(longer, BOOK.id))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("it is the key");
        assertThatThrownBy(() -> typed.db.objects(BOOK).bulkUpdate(longer, BOOK.author().name))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("only its own columns");
    }

    @Test
    void bulkUpdate_ofRecordsWithAGeneratedColumn_leavesItOut() {
        try (Fixture shop = Fixture.bookshop(Access.DRIVER, directory)) {
            QuerySet<rillite.querysets.bookshop.Book> books =
                    shop.db.objects(rillite.querysets.bookshop.BookTable.BOOK);
            var all = one(books.list());
            assertThat(one(books.bulkUpdate(all, rillite.querysets.bookshop.BookTable.BOOK.pages)))
                    .isEqualTo(all.size());
            assertThatThrownBy(() -> books.bulkUpdate(all, rillite.querysets.bookshop.BookTable.BOOK.titleLength))
                    .isInstanceOf(InvalidQueryException.class)
                    .hasMessageContaining("SQLite computes it");
        }
    }

    private static <T> Function<Database, Mono<Boolean>> made(Function<Database, Mono<Created<T>>> call) {
        return db -> call.apply(db).map(Created::created);
    }

    @Test
    void getOrCreate_takesAssignments() {
        for (boolean created : new boolean[] {true, false}) {
            same(
                            made(db -> db.objects(AUTHOR)
                                    .getOrCreate(
                                            List.of(AUTHOR.email.to("eve@x.org"), AUTHOR.age.toNull()),
                                            List.of(AUTHOR.name.to("Eve")))),
                            made(db -> db.objects("author")
                                    .getOrCreate(
                                            Fields.of("email", "eve@x.org", "age", null), Fields.of("name", "Eve"))))
                    .isEqualTo(created);
        }
        same(
                made(db -> db.objects(PUBLISHER).getOrCreate(List.of(PUBLISHER.name.to("PubX")))),
                made(db -> db.objects("publisher").getOrCreate(Fields.of("name", "PubX"))));
        same(
                made(db -> db.objects(BOOK)
                        .getOrCreate(
                                List.of(BOOK.author().name.to("Ann"), BOOK.pages.to(7)),
                                List.of(BOOK.title.to("T"), BOOK.authorId.to(1L)))),
                made(db -> db.objects("book")
                        .getOrCreate(
                                Fields.of("author__name", "Ann", "pages", 7),
                                Fields.of("title", "T", "author_id", 1))));
        assertThatThrownBy(() -> typed.db.objects(AUTHOR).getOrCreate(List.of()))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(
                        () -> typed.db.objects(AUTHOR).getOrCreate(List.of(AUTHOR.name.to("a"), AUTHOR.name.to("b"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("given twice");
    }

    @Test
    void getOrCreate_takesANewRecord_andTheColumnsItIsLookedForBy() {
        for (boolean created : new boolean[] {true, false}) {
            same(
                            made(db -> db.objects(AUTHOR)
                                    .getOrCreate(
                                            new NewAuthor("Eve")
                                                    .email("eve@x.org")
                                                    .age(3),
                                            AUTHOR.email)),
                            made(db -> db.objects("author")
                                    .getOrCreate(Fields.of("email", "eve@x.org"), Fields.of("name", "Eve", "age", 3))))
                    .isEqualTo(created);
        }
        same(
                made(db -> db.objects(BOOK).getOrCreate(new NewBook("T", 1, 9), BOOK.pages, BOOK.authorId)),
                made(db -> db.objects("book")
                        .getOrCreate(Fields.of("pages", 9, "author_id", 1), Fields.of("title", "T"))));
        assertThatThrownBy(() -> typed.db.objects(AUTHOR).getOrCreate(new NewAuthor("Eve"), AUTHOR.email))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("by \"email\", for which the new row has no value")
                .hasMessageContaining("[name]");
    }

    @Test
    void updateOrCreate_takesAssignments() {
        for (boolean created : new boolean[] {true, false}) {
            same(
                            made(db -> db.objects(AUTHOR)
                                    .updateOrCreate(
                                            List.of(AUTHOR.email.to("eve@x.org")),
                                            List.of(AUTHOR.age.to(4)),
                                            List.of(AUTHOR.name.to("Eve"), AUTHOR.age.to(1)))),
                            made(db -> db.objects("author")
                                    .updateOrCreate(
                                            Fields.of("email", "eve@x.org"),
                                            Fields.of("age", 4),
                                            Fields.of("name", "Eve", "age", 1))))
                    .isEqualTo(created);
        }
        same(
                made(db -> db.objects(AUTHOR)
                        .updateOrCreate(
                                List.of(AUTHOR.id.to(2L)),
                                List.of(AUTHOR.age.to(AUTHOR.age.plus(1))),
                                List.of(AUTHOR.name.to("x")))),
                made(db -> db.objects("author")
                        .updateOrCreate(
                                Fields.of("id", 2), Fields.of("age", F.of("age").plus(1)), Fields.of("name", "x"))));
        same(
                made(db ->
                        db.objects(AUTHOR).updateOrCreate(List.of(AUTHOR.id.to(2L)), List.of(AUTHOR.name.to("Rob")))),
                made(db -> db.objects("author").updateOrCreate(Fields.of("id", 2), Fields.of("name", "Rob"))));
    }

    @Test
    void updateOrCreate_takesANewRecord_andTheColumnsItIsLookedForBy() {
        for (boolean created : new boolean[] {true, false}) {
            same(
                            made(db -> db.objects(AUTHOR)
                                    .updateOrCreate(
                                            new NewAuthor("Eve")
                                                    .email("eve@x.org")
                                                    .age(3),
                                            AUTHOR.email)),
                            made(db -> db.objects("author")
                                    .updateOrCreate(
                                            Fields.of("email", "eve@x.org"), Fields.of("name", "Eve", "age", 3))))
                    .isEqualTo(created);
        }
    }

    @Test
    void getOrCreate_byAColumnWhoseNameLooksLikeAPath_meansTheColumn() {
        try (Fixture odd = Fixture.ofScript(
                Access.BARE, directory, "CREATE TABLE publisher (id INTEGER PRIMARY KEY, name__in TEXT, name TEXT)")) {
            Assign<Publisher> oddName =
                    Assign.of(new TextCol<>(new Place<>(List.of(), "name__in", 1, Reading.of(String.class))), "x");
            QuerySet<Publisher> publishers = odd.db.objects(PUBLISHER);
            assertThat(one(publishers.getOrCreate(List.of(oddName), List.of(PUBLISHER.name.to("n"))))
                            .created())
                    .isTrue();
            assertThat(one(publishers.getOrCreate(List.of(oddName), List.of(PUBLISHER.name.to("n"))))
                            .created())
                    .isFalse();
            assertThat(odd.jdbc("SELECT name__in FROM publisher")).containsExactly(List.of("x"));
        }
    }

    @Test
    void repository_createsFromAssignments() {
        assertThat(one(typed.db.<Author, Long>repository(AUTHOR).create(AUTHOR.name.to("Zoe")))
                        .name())
                .isEqualTo("Zoe");
    }
}
