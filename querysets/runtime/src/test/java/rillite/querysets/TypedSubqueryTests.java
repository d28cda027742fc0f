package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.F.outer;
import static rillite.querysets.library.AuthorTable.AUTHOR;
import static rillite.querysets.library.BookTable.BOOK;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.library.Author;
import rillite.querysets.library.Book;

/** Queries as typed values of typed queries. */
final class TypedSubqueryTests {

    private Fixture fixture;
    private QuerySet<Author> authors;
    private QuerySet<Book> longest;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.library(Access.DRIVER, directory);
        authors = fixture.db.objects(AUTHOR);
        longest = fixture.db
                .objects(BOOK)
                .filter(BOOK.author().id.eq(outer(AUTHOR.id)))
                .orderBy(BOOK.pages.desc())
                .limit(1);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private QuerySet<Row> dynamic(String column) {
        return fixture.db.objects("author").annotate("x", dynamicValue(column));
    }

    private Expr<Object, Object> dynamicValue(String column) {
        return Subquery.of(fixture.db
                .objects("book")
                .filter("author__id", F.outer("id"))
                .orderBy("-pages")
                .limit(1)
                .values(column));
    }

    @Test
    void subquery_isOfTheKindOfItsValue_andHasTheSqlOfTheDynamicForm() {
        TextExpr<Author> title = Subquery.of(AUTHOR, longest, BOOK.title);
        NumberExpr<Author, Integer> pages = Subquery.of(AUTHOR, longest, BOOK.pages);
        Expr<Author, LocalDate> published = Subquery.of(AUTHOR, longest, BOOK.published);

        assertThat(authors.annotate(title.as("x")).toSql())
                .isEqualTo(dynamic("title").toSql());
        assertThat(authors.annotate(pages.as("x")).toSql())
                .isEqualTo(dynamic("pages").toSql());
        assertThat(authors.annotate(published.as("x")).toSql())
                .isEqualTo(dynamic("published").toSql());
        assertThat(Objects.requireNonNull(authors.orderBy(AUTHOR.id.asc())
                        .select(title, pages, published)
                        .list()
                        .block(Fixture.PATIENCE)))
                .containsExactly(
                        new Row3<>("A2", 200, LocalDate.of(2020, 12, 31)),
                        new Row3<>("B1", 300, LocalDate.of(2021, 1, 1)),
                        new Row3<>("C1", 100, null),
                        new Row3<>("50%_off", 50, LocalDate.of(2021, 6, 15)),
                        new Row3<>(null, null, null));
    }

    @Test
    void subquery_isComparedAndComputedWith() {
        QuerySet<Author> found = authors.filter(
                Subquery.of(AUTHOR, longest, BOOK.title).startsWith("A"),
                Fn.coalesce(Subquery.of(AUTHOR, longest, BOOK.pages.plus(1)), 0).gt(200));
        assertThat(Objects.requireNonNull(found.list().block(Fixture.PATIENCE)))
                .extracting(Author::id)
                .containsExactly(1L);
        assertThat(fixture.db
                        .objects("author")
                        .filter(dynamicValue("pages").gt(200))
                        .count()
                        .block(Fixture.PATIENCE))
                .isEqualTo(1L);
        assertThat(dynamicValue("pages")).hasToString("subquery");
        assertThat(authors.update(AUTHOR.age.to(Subquery.of(AUTHOR, longest, BOOK.pages)))
                        .block(Fixture.PATIENCE))
                .isEqualTo(5L);
        assertThatThrownBy(() -> authors.filter(
                        Subquery.of(AUTHOR, longest, Agg.max(BOOK.pages)).gt(1)))
                .isInstanceOf(InvalidQueryException.class);
    }
}
