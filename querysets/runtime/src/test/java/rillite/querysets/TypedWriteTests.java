package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.library.AuthorTable.AUTHOR;
import static rillite.querysets.library.BookTable.BOOK;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.library.Author;
import rillite.querysets.library.Book;
import rillite.querysets.library.NewAuthor;
import rillite.querysets.library.NewBook;

/** Writes of typed queries, and repositories. */
final class TypedWriteTests {

    private Fixture fixture;
    private QuerySet<Author> authors;
    private QuerySet<Book> books;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.library(Access.DRIVER, directory);
        authors = fixture.db.objects(AUTHOR);
        books = fixture.db.objects(BOOK);
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> T one(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    @Test
    void create_givesTheRecordAsStored() {
        Author zoe = one(authors.create(AUTHOR.name.to("Zoe"), AUTHOR.age.to(20), AUTHOR.email.toNull()));

        assertThat(zoe.id()).isEqualTo(6);
        assertThat(zoe.age()).isEqualTo(20);
        assertThat(one(authors.find(6))).isEqualTo(zoe);
        assertThatThrownBy(() -> authors.create(AUTHOR.name.to("x"), AUTHOR.name.to("y")))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("given twice");
        assertThatThrownBy(() -> authors.create(AUTHOR.age.to(1))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void insert_ofNewRecord_leavesOutWhatIsNotGiven() {
        Book book = one(books.insert(new NewBook("D1", 1, 10).published(LocalDate.of(2024, 2, 29))));

        assertThat(book.title()).isEqualTo("D1");
        assertThat(book.author().id()).isEqualTo(1L);
        assertThat(book.publisher().isNull()).isTrue();
        assertThat(book.published()).isEqualTo("2024-02-29");
        assertThat(fixture.sent().get(0))
                .startsWith("INSERT INTO \"book\" (\"title\", \"author_id\", \"pages\", \"published\")");
        assertThat(new NewAuthor("x").email(null)).isEqualTo(new NewAuthor("x").email(null));
    }

    @Test
    void update_setsValuesAndExpressions() {
        assertThat(one(books.filter(BOOK.author().name.eq("Ann"))
                        .update(BOOK.pages.to(BOOK.pages.plus(1)), BOOK.publisherId.to(2L))))
                .isEqualTo(2);
        assertThat(fixture.jdbc("SELECT pages, publisher_id FROM book WHERE author_id = 1"))
                .containsExactly(List.of(101, 2), List.of(201, 2));
        assertThat(one(books.byId(1).update(BOOK.publisherId.toNull()))).isEqualTo(1);
        assertThatThrownBy(() -> books.update(BOOK.author().name.to("x"))).isInstanceOf(InvalidQueryException.class);
        assertThat(BOOK.pages.to(3)).hasToString("Assign[pages]");
    }

    @Test
    void updateReturning_givesRecords() {
        assertThat(one(books.filter(BOOK.author().name.eq("Ann"))
                        .updateReturning(BOOK.pages.to(7))
                        .collectList()))
                .extracting(Book::pages)
                .containsExactly(7, 7);
    }

    @Test
    void updateRow_writesTheNamedColumnsOfTheRecord() {
        Author bob = one(authors.find(2));
        Author changed =
                new Author(2, "Rob", null, 31, Ref.of(3), bob.profile(), bob.awards(), bob.books(), bob.mentees());

        assertThat(one(authors.updateRow(changed, AUTHOR.name, AUTHOR.mentorId)).name())
                .isEqualTo("Rob");
        assertThat(fixture.jdbc("SELECT name, age, mentor_id FROM author WHERE id = 2"))
                .containsExactly(List.of("Rob", 30, 3));
        assertThat(one(authors.updateRow(changed))).isEqualTo(changed);
        StepVerifier.create(authors.updateRow(bob, AUTHOR.name).ifUnchanged(AUTHOR.email))
                .expectError(NotUpdatedException.class)
                .verify(Fixture.PATIENCE);
    }

    @Test
    void save_andDeleteRow_takeRecords() {
        Author bob = one(authors.find(2));
        assertThat(one(authors.deleteRow(bob)).byTable()).containsEntry("author", 1L);
        assertThat(one(authors.save(bob))).isEqualTo(bob);
        assertThat(one(authors.contains(bob))).isTrue();
    }

    @Test
    void inBulk_byAUniqueColumn_isKeyedByItsType() {
        Map<Long, Author> found = one(authors.inBulk(AUTHOR.id, List.of(1L, 2L, 99L)));

        assertThat(found.keySet()).containsExactlyInAnyOrder(1L, 2L);
        assertThatThrownBy(() -> authors.inBulk(AUTHOR.age, List.of(30))).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void transaction_offersTypedTables() {
        StepVerifier.create(fixture.db.inTransaction(tx -> tx.objects(AUTHOR)
                        .create(AUTHOR.name.to("Zoe"))
                        .then(tx.objects(AUTHOR).count())))
                .expectNext(6L)
                .verifyComplete();
    }

    @Test
    void repository_ofATableClass_hasTheUsualNames() {
        Repository<Author, Long> all = fixture.db.repository(AUTHOR);

        assertThat(one(all.count())).isEqualTo(5);
        assertThat(one(all.findAll().collectList())).hasSize(5);
        assertThat(one(all.findById(1L)).name()).isEqualTo("Ann");
        assertThat(all.findById(99L).blockOptional(Fixture.PATIENCE)).isEmpty();
        assertThat(one(all.findBy(AUTHOR.age.eq(30)).collectList())).hasSize(2);
        assertThat(one(all.findWithRelations(1L, AUTHOR.books().then(b -> b.tags())))
                        .books()
                        .size())
                .isEqualTo(2);
        assertThat(one(all.create(new NewAuthor("Zoe").age(3))).id()).isEqualTo(6);
        assertThat(one(all.update(6L, AUTHOR.age.to(4))).age()).isEqualTo(4);
        assertThat(all.update(99L, AUTHOR.age.to(4)).blockOptional(Fixture.PATIENCE))
                .isEmpty();
        assertThat(one(all.delete(6L)).total()).isEqualTo(1);
        assertThat(one(all.delete(6L)).total()).isZero();
        assertThat(one(all.objects().exists())).isTrue();
        assertThat(all).hasToString("Repository[author]");
    }

    @Test
    void repository_ofATable_hasTheUsualNames() {
        Repository<Row, Long> all = fixture.db.repository("author");

        assertThat(one(all.findWithRelations(1L, "books__tags")).list("books")).hasSize(2);
        assertThat(one(all.create("name", "Zoe")).get("name")).isEqualTo("Zoe");
        assertThat(one(all.update(6L, Fields.of("age", 4))).get("age")).isEqualTo(4L);
        assertThat(one(all.findBy(Q.of("age", 4)).collectList())).hasSize(1);
        assertThatThrownBy(() -> fixture.db.repository("auhtor")).isInstanceOf(UnknownTableException.class);
    }
}
