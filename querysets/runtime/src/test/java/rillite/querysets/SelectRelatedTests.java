package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To-one relations in the same statement, and the choice of columns. */
final class SelectRelatedTests {

    private static final String BOOK =
            "SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\","
                    + " \"book\".\"published\", \"book\".\"created\"";

    @TempDir
    Path directory;

    private Fixture fixture;
    private QuerySet<Row> authors;
    private QuerySet<Row> books;

    @BeforeEach
    void open() {
        fixture = Fixture.library(Access.DRIVER, directory);
        authors = fixture.db.objects("author");
        books = fixture.db.objects("book");
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private static List<Row> rows(QuerySet<Row> query) {
        return Objects.requireNonNull(query.list().block(Fixture.PATIENCE));
    }

    private Row row(QuerySet<Row> query) {
        return Objects.requireNonNull(query.get().block(Fixture.PATIENCE));
    }

    private static Row related(Row row, String relation) {
        return Objects.requireNonNull(row.one(relation));
    }

    @Test
    void selectRelated_nullableForeignKey_isALeftJoinWithItsColumnsAfterThose() {
        Asked.of(fixture, books.selectRelated("publisher").orderBy("id"))
                .sql(BOOK + ", \"publisher\".\"id\", \"publisher\".\"name\" FROM \"book\" LEFT JOIN \"publisher\""
                        + " ON \"publisher\".\"id\" = \"book\".\"publisher_id\" ORDER BY \"book\".\"id\"")
                .binds()
                .keys(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void selectRelated_requiredForeignKey_isAnInnerJoinAndLeftSticksBehindANullableOne() {
        assertThat(books.selectRelated("author").toSql().sql()).contains(" FROM \"book\" JOIN \"author\" ");
        assertThat(fixture.db
                        .objects("review")
                        .selectRelated("book__author__mentor__mentor")
                        .toSql()
                        .sql())
                .contains(" FROM \"review\" JOIN \"book\" ")
                .contains(" JOIN \"author\" ON ")
                .contains(" LEFT JOIN \"author\" AS ")
                .containsPattern("LEFT JOIN .* LEFT JOIN ");
    }

    @Test
    void selectRelated_pathsWithACommonStart_shareItsJoin() {
        String sql = fixture.db
                .objects("review")
                .selectRelated("book__author", "book__publisher")
                .filter("book__title", "A1")
                .toSql()
                .sql();
        assertThat(sql.split("JOIN \"book\"", -1)).hasSize(2);
        assertThat(sql).contains("JOIN \"author\"").contains("JOIN \"publisher\"");
    }

    @Test
    void selectRelated_andAFilterOnIt_shareOneInnerJoin() {
        Asked.of(fixture, books.selectRelated("publisher").filter("publisher__name", "Pub1"))
                .sql(BOOK + ", \"publisher\".\"id\", \"publisher\".\"name\" FROM \"book\" JOIN \"publisher\""
                        + " ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" = ?")
                .binds("Pub1")
                .keys(1L, 4L);
    }

    @Test
    void selectRelated_nestedRows_areRowsOfTheirTables() {
        Row review = row(fixture.db
                .objects("review")
                .selectRelated("book__author__mentor")
                .filter("id", 6));
        Row author = related(related(review, "book"), "author");
        assertThat(author.tableName()).isEqualTo("author");
        assertThat(author.get("name")).isEqualTo("Éva");
        assertThat(related(author, "mentor").get("name")).isEqualTo("Bob");
        assertThat(author).isEqualTo(row(authors.filter("id", 4)));
    }

    @Test
    void selectRelated_reverseOneToOne_isLoadedEmptyWithoutARow() {
        fixture.sent();
        List<Row> all = rows(authors.selectRelated("profile").orderBy("id"));
        assertThat(related(all.get(0), "profile").get("bio")).isEqualTo("p1");
        assertThat(all.get(2).isLoaded("profile")).isTrue();
        assertThat(all.get(2).one("profile")).isNull();
        assertThat(fixture.sent()).hasSize(1);
    }

    @Test
    void selectRelated_selfReference_readsBothRows() {
        List<Row> all = rows(authors.selectRelated("mentor__mentor").orderBy("id"));
        assertThat(related(related(all.get(3), "mentor"), "mentor").get("name")).isEqualTo("Ann");
        assertThat(related(all.get(1), "mentor").one("mentor")).isNull();
        assertThat(all.get(0).one("mentor")).isNull();
    }

    @Test
    void selectRelated_foreignKeyOfAMissingRow_isLoadedEmpty() {
        try (Fixture broken = Fixture.ofScript(Access.BARE, directory, """
                PRAGMA foreign_keys = OFF;
                CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
                CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id));
                INSERT INTO child VALUES (1, 77);
                """)) {
            Row child = rows(broken.db.objects("child").selectRelated("parent")).get(0);
            assertThat(child.get("parent_id")).isEqualTo(77L);
            assertThat(child.one("parent")).isNull();
        }
    }

    @Test
    void selectRelated_countExistsAggregateAndValues_doWithoutTheJoin() {
        QuerySet<Row> query = books.selectRelated("author");
        fixture.sent();
        query.count().block(Fixture.PATIENCE);
        query.exists().block(Fixture.PATIENCE);
        query.aggregate("pages", Agg.sum("pages")).block(Fixture.PATIENCE);
        query.values("title").list().block(Fixture.PATIENCE);
        assertThat(fixture.sent()).hasSize(4).noneMatch(sql -> sql.contains("JOIN"));
    }

    @Test
    void selectRelated_afterUnionAndWithAnnotation_stillFindsItsColumns() {
        Row bob = rows(authors.filter("id", 1)
                        .union(authors.filter("id", 2))
                        .selectRelated("mentor")
                        .orderBy("id"))
                .get(1);
        assertThat(related(bob, "mentor").get("name")).isEqualTo("Ann");
        Row counted = row(authors.annotate("n", Agg.count("books"))
                .selectRelated("mentor")
                .filter("id", 2));
        assertThat(counted.get("n")).isEqualTo(1L);
        assertThat(related(counted, "mentor").get("name")).isEqualTo("Ann");
    }

    @Test
    void selectRelated_twice_adds_andWithoutRelatedTakesAway() {
        Row book = row(books.selectRelated("author").selectRelated("publisher").filter("id", 1));
        assertThat(book.isLoaded("author")).isTrue();
        assertThat(book.isLoaded("publisher")).isTrue();
        QuerySet<Row> without = books.selectRelated("author").withoutRelated();
        assertThat(without.toSql()).isEqualTo(books.toSql());
    }

    @Test
    void selectRelated_relationToSeveralRows_saysHowToPrefetch() {
        assertThatThrownBy(() -> fixture.db.objects("review").selectRelated("book__tags"))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage("Cannot selectRelated \"book__tags\": book.tags leads to several rows."
                        + " Use prefetchRelated(\"book__tags\").");
    }

    @Test
    void selectRelated_unknownRelationOrColumn_namesTheChoices() {
        assertThatThrownBy(() -> books.selectRelated("autor"))
                .isExactlyInstanceOf(UnknownRelationException.class)
                .hasMessageContaining("Did you mean author?")
                .hasMessageContaining("Relations: author, publisher, book_tags, reviews, tags");
        assertThatThrownBy(() -> books.selectRelated("author__name"))
                .isExactlyInstanceOf(UnknownRelationException.class)
                .hasMessageContaining("The column \"name\" on author (in \"author__name\", part 2) is no relation");
    }

    @Test
    void only_readsTheKeyTooAndTellsWhatIsMissing() {
        Asked.of(fixture, books.only("title"))
                .sql("SELECT \"book\".\"id\", \"book\".\"title\" FROM \"book\"")
                .keys(1L, 2L, 3L, 4L, 5L);
        Row book = row(books.only("title").filter("id", 1));
        assertThat(book.unloadedNames()).containsExactly("author_id", "publisher_id", "pages", "published", "created");
        assertThatThrownBy(() -> book.get("pages"))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessage(
                        "The column book.pages was not read by the query of this row, which reads: id, title. Add \"pages\""
                                + " to only(..), or take it out of defer(..).");
        Row author =
                related(row(books.selectRelated("author").defer("author__age").filter("id", 1)), "author");
        assertThatThrownBy(() -> author.get("age")).hasMessageContaining("Add \"author__age\" to only(..)");
    }

    @Test
    void onlyAndDefer_theLastCallHolds() {
        assertThat(rows(books.only("title").defer("title")).get(0).unloadedNames())
                .containsExactly("title");
        assertThat(rows(books.defer("title").only("author", "pk")).get(0).names())
                .containsExactly("id", "author_id");
        assertThat(rows(books.only("title").only()).get(0).unloadedNames()).isEmpty();
    }

    @Test
    void only_pathsNarrowJoinedRowsAndKeepTheirKeys() {
        Asked.of(
                        fixture,
                        books.selectRelated("author__mentor")
                                .only("title", "author__mentor__name")
                                .limit(1))
                .sql(
                        "SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"author\".\"id\","
                                + " \"author\".\"mentor_id\", \"author_2\".\"id\", \"author_2\".\"name\" FROM \"book\""
                                + " JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\""
                                + " LEFT JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" LIMIT ?")
                .keys(1L);
        Row book = row(books.selectRelated("author").only("author__name").filter("id", 1));
        assertThat(related(book, "author").names()).containsExactly("id", "name");
    }

    @Test
    void defer_pathsNarrowJoinedRows() {
        Row book = row(
                books.selectRelated("author").defer("author__email", "pages").filter("id", 1));
        assertThat(book.unloadedNames()).containsExactly("pages");
        assertThat(related(book, "author").unloadedNames()).containsExactly("email");
    }

    @Test
    void only_withoutTheForeignKeyOfAJoin_isRefusedInEitherOrder() {
        String message = "selectRelated(\"author\") needs book.author_id, which only(..) leaves out."
                + " Keep it, or do not select the relation.";
        assertThatThrownBy(() -> books.selectRelated("author").only("title"))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> books.only("title").selectRelated("author")).hasMessage(message);
        assertThatThrownBy(() -> books.selectRelated("author").defer("author"))
                .hasMessageContaining("defer(..) leaves out");
    }

    @Test
    void only_whatAPrefetchNeeds_isReadToo() {
        Row book = rows(books.only("title").prefetchRelated("publisher").orderBy("id"))
                .get(0);
        assertThat(book.names()).containsExactly("id", "title", "publisher_id");
        assertThat(related(book, "publisher").get("name")).isEqualTo("Pub1");
        Row author = rows(authors.prefetchRelated(Prefetch.of("books", q -> q.only("title")))
                        .orderBy("id"))
                .get(0);
        assertThat(author.list("books").get(0).names()).containsExactly("id", "title", "author_id");
    }

    @Test
    void only_wrongNames_areErrorsAtOnce() {
        assertThatThrownBy(() -> books.only("titel")).isInstanceOf(UnknownFieldException.class);
        assertThatThrownBy(() -> books.only("author__nmae")).isInstanceOf(UnknownFieldException.class);
        assertThatThrownBy(() -> books.only("title__length")).isInstanceOf(UnknownRelationException.class);
        assertThatThrownBy(() -> authors.only("books__title"))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage("Cannot name \"books__title\" in only(..): author.books leads to several rows. Choose their"
                        + " columns inside: Prefetch.of(\"books\", q -> q.only(..)).");
        assertThatThrownBy(() -> books.values("id").only("title"))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "Cannot call only on \"book\" after values(..), which has chosen the columns. Name them there.");
    }
}
