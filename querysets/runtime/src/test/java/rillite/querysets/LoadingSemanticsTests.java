package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The semantics of loading related rows: text, binds, rows and number of statements. */
final class LoadingSemanticsTests extends LibraryTestCase {

    private static final String AUTHOR_COLUMNS =
            "\"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\"";
    private static final String BOOK_COLUMNS =
            "\"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\"";
    private static final String AUTHORS = "SELECT " + AUTHOR_COLUMNS + " FROM \"author\" ORDER BY \"author\".\"id\"";
    private static final String BOOKS = "SELECT " + BOOK_COLUMNS + " FROM \"book\" ORDER BY \"book\".\"id\"";
    private static final String BOOKS_OF_AUTHORS = "SELECT " + BOOK_COLUMNS
            + " FROM \"book\" WHERE \"book\".\"author_id\" IN (SELECT value FROM json_each(?))";

    private static Mono<List<Object>> read(QuerySet<Row> query, Function<Row, Object> reading) {
        return query.list().map(rows -> rows.stream().map(reading).toList());
    }

    private static Object one(Row row, String relation, String name) {
        Row related = row.one(relation);
        return Arrays.asList(row.pk(), related == null ? null : related.get(name));
    }

    private static List<Object> pair(Object key, @Nullable Object value) {
        return Arrays.asList(key, value);
    }

    private static List<Object> keys(Row row, String relation) {
        return row.list(relation).stream().map(Row::pk).toList();
    }

    @SemanticsRow(28)
    @Test
    void count_needsNeitherOrderNorJoins() {
        gives(books.selectRelated("author").orderBy("title").count(), List.of("SELECT count(*) FROM \"book\""), 5L);
    }

    @SemanticsRow(47)
    @Test
    void selectRelated_nullableHop_isLeftToTheEndOfTheChain() {
        run(read(books.selectRelated("publisher").orderBy("id"), row -> one(row, "publisher", "name")))
                .statement(
                        "SELECT " + BOOK_COLUMNS
                                + ", \"publisher\".\"id\", \"publisher\".\"name\" FROM \"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" ORDER BY \"book\".\"id\"")
                .gives(List.of(pair(1L, "Pub1"), pair(2L, "Pub2"), pair(3L, null), pair(4L, "Pub1"), pair(5L, null)));
        run(read(
                        reviews.filter("id__gte", 4)
                                .selectRelated("book__author__mentor__mentor")
                                .orderBy("id"),
                        row -> one(
                                Objects.requireNonNull(
                                        Objects.requireNonNull(row.one("book")).one("author")),
                                "mentor",
                                "id")))
                .statement(
                        "SELECT \"review\".\"id\", \"review\".\"book_id\", \"review\".\"stars\", \"review\".\"body\", "
                                + BOOK_COLUMNS + ", " + AUTHOR_COLUMNS
                                + ", " + AUTHOR_COLUMNS.replace("\"author\"", "\"author_2\"") + ", "
                                + AUTHOR_COLUMNS.replace("\"author\"", "\"author_3\"")
                                + " FROM \"review\" JOIN \"book\" ON \"book\".\"id\" = \"review\".\"book_id\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" LEFT JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" LEFT JOIN \"author\" AS \"author_3\" ON \"author_3\".\"id\" = \"author_2\".\"mentor_id\" WHERE \"review\".\"id\" >= ? ORDER BY \"review\".\"id\"",
                        4L)
                .gives(List.of(pair(1L, null), pair(2L, 1L), pair(4L, 2L)));
    }

    @SemanticsRow(48)
    @Test
    void selectRelated_andAFilterOnIt_shareOneInnerJoin() {
        run(read(
                        books.selectRelated("publisher")
                                .filter("publisher__name", "Pub1")
                                .orderBy("id"),
                        row -> one(row, "publisher", "name")))
                .statement(
                        "SELECT " + BOOK_COLUMNS
                                + ", \"publisher\".\"id\", \"publisher\".\"name\" FROM \"book\" JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" = ? ORDER BY \"book\".\"id\"",
                        "Pub1")
                .gives(List.of(pair(1L, "Pub1"), pair(4L, "Pub1")));
    }

    @SemanticsRow(49)
    @Test
    void selectRelated_reverseOneToOne_isLeft_andKnowsThatThereIsNone() {
        run(read(authors.selectRelated("profile").orderBy("id"), row -> one(row, "profile", "bio")))
                .statement(
                        "SELECT " + AUTHOR_COLUMNS
                                + ", \"profile\".\"id\", \"profile\".\"author_id\", \"profile\".\"bio\" FROM \"author\" LEFT JOIN \"profile\" ON \"profile\".\"author_id\" = \"author\".\"id\" ORDER BY \"author\".\"id\"")
                .gives(List.of(pair(1L, "p1"), pair(2L, "p2"), pair(3L, null), pair(4L, null), pair(5L, null)));
    }

    @SemanticsRow(50)
    @Test
    void selectRelated_whatIsNotOneRow_isRefused() {
        refuses(
                () -> books.selectRelated("tags"),
                InvalidQueryException.class,
                "book.tags leads to several rows. Use prefetchRelated(\"tags\").");
        refuses(
                () -> books.selectRelated("nope"),
                UnknownRelationException.class,
                "Relations: author, publisher, book_tags, reviews, tags");
    }

    @SemanticsRow(96)
    @Test
    void prefetch_isOneStatementForEachLevel() {
        run(read(authors.prefetchRelated("books").orderBy("id"), row -> keys(row, "books")))
                .statement(AUTHORS)
                .statement(BOOKS_OF_AUTHORS, "[1,2,3,4,5]")
                .gives(List.of(List.of(1L, 2L), List.of(3L), List.of(4L), List.of(5L), List.of()));
        run(read(
                        authors.prefetchRelated("books__tags").orderBy("id"),
                        row -> row.list("books").stream()
                                .map(book -> keys(book, "tags"))
                                .toList()))
                .statement(AUTHORS)
                .statement(BOOKS_OF_AUTHORS, "[1,2,3,4,5]")
                .statement(
                        "SELECT \"tag\".\"id\", \"tag\".\"name\", \"book_tag\".\"book_id\" FROM \"tag\" JOIN \"book_tag\" ON \"book_tag\".\"tag_id\" = \"tag\".\"id\" WHERE \"book_tag\".\"book_id\" IN (SELECT value FROM json_each(?))",
                        "[1,2,3,4,5]")
                .gives(List.of(
                        List.of(List.of(1L, 2L), List.of(1L)),
                        List.of(List.of(2L, 3L)),
                        List.of(List.of()),
                        List.of(List.of(1L)),
                        List.of()));
    }

    @SemanticsRow(96)
    @Test
    void prefetch_withoutKeys_sendsNothing() {
        run(read(books.prefetchRelated("publisher").orderBy("id"), row -> one(row, "publisher", "name")))
                .statement(BOOKS)
                .statement(
                        "SELECT \"publisher\".\"id\", \"publisher\".\"name\" FROM \"publisher\" WHERE \"publisher\".\"id\" IN (SELECT value FROM json_each(?))",
                        "[1,2]")
                .gives(List.of(pair(1L, "Pub1"), pair(2L, "Pub2"), pair(3L, null), pair(4L, "Pub1"), pair(5L, null)));
        run(read(
                        authors.filter("mentor", null)
                                .prefetchRelated("mentor__books")
                                .orderBy("id"),
                        row -> one(row, "mentor", "name")))
                .statement("SELECT " + AUTHOR_COLUMNS
                        + " FROM \"author\" WHERE \"author\".\"mentor_id\" IS NULL ORDER BY \"author\".\"id\"")
                .gives(List.of(pair(1L, null), pair(5L, null)));
        gives(authors.none().prefetchRelated("books").list(), List.of(), List.of());
    }

    @SemanticsRow(97)
    @Test
    void prefetch_backToTheOwner_reusesIt() {
        run(read(
                        authors.prefetchRelated("mentees__mentor").orderBy("id"),
                        row -> row.list("mentees").stream()
                                .map(mentee -> one(mentee, "mentor", "name"))
                                .toList()))
                .statement(AUTHORS)
                .statement(
                        "SELECT " + AUTHOR_COLUMNS
                                + " FROM \"author\" WHERE \"author\".\"mentor_id\" IN (SELECT value FROM json_each(?))",
                        "[1,2,3,4,5]")
                .gives(List.of(
                        List.of(pair(2L, "Ann"), pair(3L, "Ann")),
                        List.of(pair(4L, "Bob")),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @SemanticsRow(98)
    @Test
    void prefetch_byAQueryOfItsOwn_isFilteredNamedAndLimitedForEachOwner() {
        run(read(
                        authors.prefetchRelated(Prefetch.of(
                                                "books",
                                                q -> q.filter("pages__gt", 100).orderBy("-pages"))
                                        .as("big"))
                                .orderBy("id"),
                        row -> keys(row, "big")))
                .statement(AUTHORS)
                .statement(
                        "SELECT " + BOOK_COLUMNS
                                + " FROM \"book\" WHERE \"book\".\"pages\" > ? AND \"book\".\"author_id\" IN (SELECT value FROM json_each(?)) ORDER BY \"book\".\"pages\" DESC",
                        100L,
                        "[1,2,3,4,5]")
                .gives(List.of(List.of(2L), List.of(3L), List.of(), List.of(), List.of()));
        run(read(
                        authors.prefetchRelated(Prefetch.of(
                                                "books",
                                                q -> q.orderBy("-pages").limit(1))
                                        .as("top"))
                                .orderBy("id"),
                        row -> keys(row, "top")))
                .statement(AUTHORS)
                .statement(
                        "SELECT " + BOOK_COLUMNS.replace("\"book\"", "\"q\"") + " FROM (SELECT " + BOOK_COLUMNS
                                + ", row_number() OVER (PARTITION BY \"book\".\"author_id\" ORDER BY \"book\".\"pages\" DESC, \"book\".\"id\") AS \"row number\" FROM \"book\" WHERE \"book\".\"author_id\" IN (SELECT value FROM json_each(?))) AS \"q\" WHERE \"q\".\"row number\" <= ? ORDER BY \"q\".\"row number\"",
                        "[1,2,3,4,5]",
                        1L)
                .gives(List.of(List.of(2L), List.of(3L), List.of(4L), List.of(5L), List.of()));
    }

    @SemanticsRow(99)
    @Test
    void prefetchedRows_areAList_whichHasNoFilter() {
        List<Row> loaded = Objects.requireNonNull(
                        authors.prefetchRelated("books").get("id", 1).block(Fixture.PATIENCE))
                .list("books");
        library.sent();
        assertThat(List.class.getMethods()).extracting("name").doesNotContain("filter");
        assertThat(loaded.stream().filter(book -> Objects.equals(book.get("pages"), 100L)))
                .extracting(Row::pk)
                .containsExactly(1L);
        assertThatThrownBy(loaded::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThat(library.sent()).isEmpty();
    }

    @SemanticsRow(100)
    @Test
    void stream_prefetchesForEachChunk() {
        run(authors.orderBy("id").prefetchRelated("books").fetchSize(2).flux().map(row -> keys(row, "books")))
                .statement(AUTHORS)
                .statement(BOOKS_OF_AUTHORS, "[1,2]")
                .statement(BOOKS_OF_AUTHORS, "[3,4]")
                .statement(BOOKS_OF_AUTHORS, "[5]")
                .gives(List.of(1L, 2L), List.of(3L), List.of(4L), List.of(5L), List.of());
    }

    @SemanticsRow(101)
    @Test
    void repeatedOwner_isEqualWhereverItComesFrom() {
        run(books.filter("author", 1).prefetchRelated("author").list().map(LoadingSemanticsTests::sameAuthor))
                .statement("SELECT " + BOOK_COLUMNS + " FROM \"book\" WHERE \"book\".\"author_id\" = ?", 1L)
                .statement(
                        "SELECT " + AUTHOR_COLUMNS
                                + " FROM \"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))",
                        "[1]")
                .gives(true);
        run(books.filter("author", 1).selectRelated("author").list().map(LoadingSemanticsTests::sameAuthor))
                .statement(
                        "SELECT " + BOOK_COLUMNS + ", " + AUTHOR_COLUMNS
                                + " FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"book\".\"author_id\" = ?",
                        1L)
                .gives(true);
    }

    private static boolean sameAuthor(List<Row> two) {
        assertThat(two).hasSize(2);
        return Objects.equals(two.get(0).one("author"), two.get(1).one("author"));
    }

    @SemanticsRow(110)
    @Test
    void only_withoutTheForeignKeyOfASelectedRelation_isRefused() {
        refuses(
                () -> books.selectRelated("author").only("title"),
                InvalidQueryException.class,
                "selectRelated(\"author\") needs book.author_id, which only(..) leaves out.");
        refuses(
                () -> books.only("title").selectRelated("author"),
                InvalidQueryException.class,
                "selectRelated(\"author\") needs book.author_id, which only(..) leaves out.");
    }
}
