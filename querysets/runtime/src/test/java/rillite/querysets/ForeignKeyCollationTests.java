package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Foreign keys whose columns have another collation than the key they reference: that of the key counts. */
@ParameterizedClass
@EnumSource(Access.class)
final class ForeignKeyCollationTests {

    private static final String SCRIPT = """
            CREATE TABLE tag (name TEXT PRIMARY KEY %1$s NOT NULL, n INTEGER NOT NULL);
            CREATE TABLE book (code TEXT PRIMARY KEY %1$s NOT NULL, n INTEGER NOT NULL);
            CREATE TABLE book_tag (
                book_id TEXT %2$s NOT NULL REFERENCES book,
                tag_id TEXT %2$s NOT NULL REFERENCES tag,
                PRIMARY KEY (book_id, tag_id)
            );
            CREATE TABLE cover (n INTEGER PRIMARY KEY, book_id TEXT %2$s UNIQUE REFERENCES book);
            CREATE TABLE page (n INTEGER PRIMARY KEY, book_id TEXT %2$s REFERENCES book);
            """;

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;
    private QuerySet<Row> books;

    private void open(String ofKeys, String ofForeignKeys, String rows) {
        fixture = Fixture.ofScript(access, directory, SCRIPT.formatted(ofKeys, ofForeignKeys) + rows);
        books = fixture.db.objects("book").orderBy("n");
    }

    /** Two books, of which the second differs from the first by case where keys see case. */
    private void openLoose(String ofKeys, String ofForeignKeys) {
        open(ofKeys, ofForeignKeys, """
                INSERT INTO tag VALUES ('Java', 1), ('Sql', 2);
                INSERT INTO book VALUES ('A', 1), ('B', 2);
                INSERT INTO book_tag VALUES ('a', 'JAVA'), ('A', 'sql'), ('b', 'SQL');
                INSERT INTO cover VALUES (1, 'a');
                INSERT INTO page VALUES (1, 'a'), (2, 'A'), (3, 'b'), (4, NULL);
                """);
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private static List<Object> numbers(QuerySet<Row> query) {
        return answer(query.values("n").flat(Long.class).list()).stream()
                .map(Object.class::cast)
                .toList();
    }

    private List<List<Object>> lists(String relation) {
        return answer(books.prefetchRelated(relation).list()).stream()
                .map(row -> row.list(relation).stream()
                        .map(one -> Objects.requireNonNull(one.get("n")))
                        .sorted()
                        .toList())
                .toList();
    }

    @Test
    void loosestKeys_joinEveryRowThatReferencesThem() {
        openLoose("COLLATE NOCASE", "");
        assertThat(lists("tags")).containsExactly(List.of(1L, 2L), List.of(2L));
        assertThat(lists("pages")).containsExactly(List.of(1L, 2L), List.of(3L));
        assertThat(numbers(books.filter("tags__n", 2))).containsExactly(1L, 2L);
        assertThat(numbers(books.filter("tags__n", 1, "pages__n", 2))).containsExactly(1L);
        assertThat(numbers(books.filter("tags", "java"))).containsExactly(1L);
        assertThat(numbers(books.exclude("tags__isnull", true))).containsExactly(1L, 2L);
        assertThat(numbers(fixture.db.objects("tag").filter("books", "B"))).containsExactly(2L);
        assertThat(answer(books.annotate("t", Agg.count("tags"), "p", Agg.max("pages__n"))
                        .values("t", "p")
                        .list()))
                .extracting(row -> List.copyOf(row.asMap().values()))
                .containsExactly(List.of(2L, 2L), List.of(1L, 3L));
        assertThat(answer(books.values("n", "tags__n").orderBy("n", "tags__n").list()))
                .extracting(row -> List.copyOf(row.asMap().values()))
                .containsExactly(List.of(1L, 1L), List.of(1L, 2L), List.of(2L, 2L));
    }

    @Test
    void loosestKeys_joinOneRow() {
        openLoose("COLLATE NOCASE", "");
        QuerySet<Row> pages = fixture.db.objects("page").orderBy("n");
        assertThat(answer(pages.selectRelated("book").list()))
                .extracting(row -> row.one("book") == null
                        ? null
                        : Objects.requireNonNull(row.one("book")).get("n"))
                .containsExactly(1L, 1L, 2L, null);
        assertThat(numbers(pages.filter("book", "A"))).containsExactly(1L, 2L);
        assertThat(numbers(pages.filter("book__code", "a"))).containsExactly(1L, 2L);
        assertThat(numbers(pages.filter("book_id", "a"))).containsExactly(1L);
        assertThat(numbers(pages.filter("book__in", List.of("B", "x")))).containsExactly(3L);
        assertThat(numbers(pages.filter("book__isnull", true))).containsExactly(4L);
        assertThat(numbers(pages.filter("book__in", books.filter("n", 1)))).containsExactly(1L, 2L);
        assertThat(answer(pages.values("book__code", "book_id").list()))
                .extracting(row -> new java.util.ArrayList<>(row.asMap().values()))
                .containsExactly(
                        new java.util.ArrayList<>(List.of("A", "a")),
                        new java.util.ArrayList<>(List.of("A", "A")),
                        new java.util.ArrayList<>(List.of("B", "b")),
                        new java.util.ArrayList<>(Arrays.asList(null, null)));
        assertThat(answer(books.selectRelated("cover").list()))
                .extracting(row -> row.one("cover") != null)
                .containsExactly(true, false);
        assertThat(numbers(books.filter("cover__n", 1))).containsExactly(1L);
        assertThat(answer(pages.filter("book__n", 1).update("book", "B"))).isEqualTo(2);
    }

    @Test
    void strictKeys_joinOnlyTheirOwnRows() {
        open("", "COLLATE NOCASE", """
                INSERT INTO tag VALUES ('java', 1), ('JAVA', 2);
                INSERT INTO book VALUES ('a', 1), ('A', 2);
                INSERT INTO book_tag VALUES ('a', 'JAVA');
                INSERT INTO cover VALUES (1, 'A');
                INSERT INTO page VALUES (1, 'a'), (2, 'A'), (3, 'a');
                """);
        assertThat(lists("tags")).containsExactly(List.of(2L), List.of());
        assertThat(lists("pages")).containsExactly(List.of(1L, 3L), List.of(2L));
        assertThat(numbers(books.filter("tags__n", 2))).containsExactly(1L);
        assertThat(numbers(books.filter("tags__n", 1))).isEmpty();
        assertThat(numbers(books.filter("tags", "JAVA"))).containsExactly(1L);
        assertThat(numbers(books.filter("tags", "java"))).isEmpty();
        assertThat(numbers(books.filter("cover__n", 1))).containsExactly(2L);
        assertThat(numbers(fixture.db.objects("page").filter("book__n", 2))).containsExactly(2L);
        assertThat(numbers(fixture.db.objects("page").filter("book", "A"))).containsExactly(2L);
        assertThat(numbers(books.annotate("p", Agg.count("pages")).filter("p", 2)))
                .containsExactly(1L);
    }

    @Test
    void trailingSpaces_areComparedAsTheKeyDoes() {
        open("COLLATE RTRIM", "", """
                INSERT INTO tag VALUES ('java', 1);
                INSERT INTO book VALUES ('a', 1), ('a' || char(9), 2);
                INSERT INTO book_tag VALUES ('a  ', 'java ');
                INSERT INTO page VALUES (1, 'a '), (2, 'a' || char(9) || ' ');
                """);
        assertThat(lists("tags")).containsExactly(List.of(1L), List.of());
        assertThat(lists("pages")).containsExactly(List.of(1L), List.of(2L));
        assertThat(numbers(books.filter("tags__n", 1))).containsExactly(1L);
        assertThat(numbers(books.filter("pages__n", 2))).containsExactly(2L);
    }

    @Test
    void links_areThoseThatTheForeignKeyMeans() {
        openLoose("COLLATE NOCASE", "");
        assertThat(answer(fixture.db.link("book", "tags", "A").remove("Java"))).isEqualTo(1);
        assertThat(fixture.jdbc("SELECT book_id, tag_id FROM book_tag ORDER BY 1"))
                .containsExactly(List.of("A", "sql"), List.of("b", "SQL"));
        assertThat(answer(fixture.db.link("book", "tags", "B").clear())).isEqualTo(1);
        assertThat(answer(fixture.db.link("book", "pages", "A").clear())).isEqualTo(2);
        assertThat(fixture.jdbc("SELECT n FROM page WHERE book_id IS NOT NULL")).containsExactly(List.of(3));
    }

    @Test
    void sameCollations_areWrittenAsBefore() {
        openLoose("", "");
        assertThat(books.filter("tags__n", 1).toSql().sql())
                .contains("\"book_tag\".\"book_id\" = \"book\".\"code\"")
                .contains("ON \"tag\".\"name\" = \"book_tag\".\"tag_id\"");
        close();
        openLoose("COLLATE NOCASE", "");
        assertThat(books.filter("tags__n", 1).toSql().sql())
                .contains("\"book\".\"code\" = \"book_tag\".\"book_id\"")
                .contains("ON \"tag\".\"name\" = \"book_tag\".\"tag_id\"");
        assertThat(books.selectRelated("cover").toSql().sql()).contains("ON \"book\".\"code\" = \"cover\".\"book_id\"");
    }
}
