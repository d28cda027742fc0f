package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relations of any kind by one statement for each level: statements, binds, rows. */
final class PrefetchTests {

    private static final String BOOK =
            "SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\","
                    + " \"book\".\"published\", \"book\".\"created\" FROM \"book\"";

    @TempDir
    Path directory;

    private Fixture fixture;
    private QuerySet<Row> authors;
    private QuerySet<Row> books;

    @BeforeEach
    void open() {
        fixture = Fixture.library(Access.DRIVER, directory);
        authors = fixture.db.objects("author").orderBy("id");
        books = fixture.db.objects("book").orderBy("id");
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    /** The rows, and only these statements after the first. */
    private List<Row> rows(QuerySet<Row> query, String... further) {
        fixture.sent();
        List<Row> rows = Objects.requireNonNull(query.list().block(Fixture.PATIENCE));
        List<String> sent = fixture.sent();
        assertThat(sent.get(0)).isEqualTo(query.toSql().sql());
        assertThat(sent.subList(1, sent.size())).containsExactly(further);
        return rows;
    }

    private List<Row> rows(QuerySet<Row> query, int statements) {
        fixture.sent();
        List<Row> rows = Objects.requireNonNull(query.list().block(Fixture.PATIENCE));
        assertThat(fixture.sent()).hasSize(statements);
        return rows;
    }

    private static List<List<Object>> keys(List<Row> owners, String relation) {
        return owners.stream()
                .map(owner -> owner.list(relation).stream().map(Row::pk).toList())
                .toList();
    }

    private static Row related(Row row, String relation) {
        return Objects.requireNonNull(row.one(relation));
    }

    @Test
    void reverseForeignKey_isOneStatementWithOneBind() {
        List<Row> all = rows(
                authors.prefetchRelated("books"),
                BOOK + " WHERE \"book\".\"author_id\" IN (SELECT value FROM json_each(?))");
        assertThat(keys(all, "books"))
                .containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L), List.of(5L), List.of());
        assertThatThrownBy(() -> all.get(0).list("books").clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void forwardForeignKey_sendsEachKeyOnceAndNoNull() {
        List<Row> all = rows(
                books.prefetchRelated("publisher"),
                "SELECT \"publisher\".\"id\", \"publisher\".\"name\" FROM \"publisher\""
                        + " WHERE \"publisher\".\"id\" IN (SELECT value FROM json_each(?))");
        assertThat(related(all.get(0), "publisher")).isSameAs(related(all.get(3), "publisher"));
        assertThat(all.get(2).one("publisher")).isNull();
        assertThat(all.get(2).isLoaded("publisher")).isTrue();
    }

    @Test
    void oneToOne_bothDirections() {
        List<Row> all = rows(authors.prefetchRelated("profile"), 2);
        assertThat(related(all.get(1), "profile").get("bio")).isEqualTo("p2");
        assertThat(all.get(2).one("profile")).isNull();
        Row profile = rows(fixture.db.objects("profile").orderBy("id").prefetchRelated("author__profile"), 3)
                .get(0);
        assertThat(related(related(profile, "author"), "profile").get("bio")).isEqualTo("p1");
    }

    @Test
    void manyToMany_joinsTheLinkAndSharesRows() {
        List<Row> all = rows(
                books.prefetchRelated("tags"),
                "SELECT \"tag\".\"id\", \"tag\".\"name\", \"book_tag\".\"book_id\" FROM \"tag\" JOIN \"book_tag\" ON"
                        + " \"book_tag\".\"tag_id\" = \"tag\".\"id\" WHERE \"book_tag\".\"book_id\" IN (SELECT value FROM"
                        + " json_each(?))");
        assertThat(keys(all, "tags"))
                .containsExactly(List.of(1L, 2L), List.of(1L), List.of(2L, 3L), List.of(), List.of(1L));
        assertThat(all.get(0).list("tags").get(0))
                .isSameAs(all.get(1).list("tags").get(0));
        assertThat(all.get(0).list("tags").get(0).names()).containsExactly("id", "name");
    }

    @Test
    void pathsWithACommonStart_loadItOnce() {
        List<Row> all = rows(authors.prefetchRelated("books__tags", "books__reviews", "books"), 4);
        Row book = all.get(0).list("books").get(0);
        assertThat(book.list("tags")).hasSize(2);
        assertThat(book.list("reviews")).hasSize(3);
        rows(authors.prefetchRelated("books__tags").prefetchRelated("books__reviews"), 4);
    }

    @Test
    void noKeys_noStatementAndNothingBelow() {
        List<Row> all = rows(authors.filter("mentor", null).prefetchRelated("mentor__books__tags"), 1);
        assertThat(all.get(0).one("mentor")).isNull();
        assertThat(rows(authors.filter("id", 5).prefetchRelated("books__tags"), 2)
                        .get(0)
                        .list("books"))
                .isEmpty();
    }

    @Test
    void emptyQueries_sendNothing() {
        fixture.sent();
        assertThat(authors.none().prefetchRelated("books").list().block(Fixture.PATIENCE))
                .isEmpty();
        assertThat(fixture.sent()).isEmpty();
        Row author = rows(authors.prefetchRelated(Prefetch.of("books", QuerySet::none)), 1)
                .get(0);
        assertThat(author.list("books")).isEmpty();
        rows(authors.prefetchRelated(Prefetch.of("books", q -> q.limit(0))), 1);
        rows(authors.prefetchRelated(Prefetch.of("books", q -> q.filter("id__in", List.of()))), 1);
    }

    @Test
    void query_filtersAndOrders() {
        List<Row> all = rows(
                authors.prefetchRelated(
                        Prefetch.of("books", q -> q.filter("pages__gte", 100).orderBy("-pages"))),
                BOOK + " WHERE \"book\".\"pages\" >= ? AND \"book\".\"author_id\" IN (SELECT value FROM json_each(?))"
                        + " ORDER BY \"book\".\"pages\" DESC");
        assertThat(keys(all, "books")).containsExactly(List.of(2L, 1L), List.of(3L), List.of(4L), List.of(), List.of());
    }

    @Test
    void query_limitAndOffsetCountForEachOwner() {
        List<Row> all = rows(
                authors.prefetchRelated(
                        Prefetch.of("books", q -> q.orderBy("-pages").limit(1))),
                "SELECT \"q\".\"id\", \"q\".\"title\", \"q\".\"author_id\", \"q\".\"publisher_id\", \"q\".\"pages\","
                        + " \"q\".\"published\", \"q\".\"created\" FROM ("
                        + BOOK.replace(
                                " FROM",
                                ", row_number()"
                                        + " OVER (PARTITION BY \"book\".\"author_id\" ORDER BY \"book\".\"pages\" DESC,"
                                        + " \"book\".\"id\") AS \"row number\" FROM")
                        + " WHERE \"book\".\"author_id\" IN (SELECT value FROM json_each(?))) AS \"q\""
                        + " WHERE \"q\".\"row number\" <= ? ORDER BY \"q\".\"row number\"");
        assertThat(keys(all, "books")).containsExactly(List.of(2L), List.of(3L), List.of(4L), List.of(5L), List.of());
        assertThat(keys(rows(authors.prefetchRelated(Prefetch.of("books", q -> q.offset(1))), 2), "books"))
                .containsExactly(List.of(2L), List.of(), List.of(), List.of(), List.of());
        assertThat(keys(
                        rows(
                                fixture.db
                                        .objects("book")
                                        .orderBy("id")
                                        .prefetchRelated(Prefetch.of(
                                                "reviews",
                                                q -> q.orderBy("-stars").slice(1, 3))),
                                2),
                        "reviews"))
                .containsExactly(List.of(3L, 2L), List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void query_limitOverALink_countsForEachOwner() {
        List<Row> all = rows(
                books.prefetchRelated(Prefetch.of(
                        "tags", q -> q.orderBy("-name").limit(1).selectRelated().annotate("n", Agg.count("books")))),
                2);
        assertThat(keys(all, "tags")).containsExactly(List.of(2L), List.of(1L), List.of(3L), List.of(), List.of(1L));
        assertThat(all.get(0).list("tags").get(0).get("n")).isEqualTo(2L);
    }

    @Test
    void query_nestedRelationsInside() {
        List<Row> all = rows(
                authors.prefetchRelated(Prefetch.of(
                        "books",
                        q -> q.selectRelated("publisher")
                                .prefetchRelated("tags")
                                .orderBy("id")
                                .limit(1))),
                3);
        Row book = all.get(0).list("books").get(0);
        assertThat(related(book, "publisher").get("name")).isEqualTo("Pub1");
        assertThat(book.list("tags")).hasSize(2);
    }

    @Test
    void namedPrefetch_standsBesideTheRelationAndCanBeGoneThrough() {
        List<Row> all = rows(
                authors.prefetchRelated(
                                Prefetch.of("books", q -> q.filter("pages__gt", 100))
                                        .as("big"),
                                Prefetch.of("books"))
                        .prefetchRelated("big__tags"),
                4);
        assertThat(keys(all, "big").get(0)).containsExactly(2L);
        assertThat(keys(all, "books").get(0)).containsExactly(1L, 2L);
        assertThat(all.get(0).list("big").get(0).list("tags")).hasSize(1);
        assertThat(all.get(0).list("books").get(0).isLoaded("tags")).isFalse();
    }

    @Test
    void knownOwner_isHeldByItsRowsWithoutAStatement() {
        Row ann = rows(authors.prefetchRelated("books"), 2).get(0);
        Row owner = related(ann.list("books").get(0), "author");
        assertThat(owner).isEqualTo(ann).isNotSameAs(ann);
        assertThat(related(ann.list("books").get(1), "author")).isSameAs(owner);
        assertThat(owner.isLoaded("books")).isFalse();
        assertThatThrownBy(() -> owner.list("books")).isInstanceOf(NotLoadedException.class);
    }

    @Test
    void knownOwner_pathThroughIt_readsOnlyWhatIsBehind() {
        assertThat(rows(authors.prefetchRelated("mentees__mentor"), 2)).hasSize(5);
        Row mentee = rows(authors.prefetchRelated("mentees__mentor__books"), 3)
                .get(0)
                .list("mentees")
                .get(0);
        assertThat(keys(List.of(related(mentee, "mentor")), "books")).containsExactly(List.of(1L, 2L));
    }

    @Test
    void knownOwner_keepsWhatItsOwnStatementJoined() {
        Row bob = rows(authors.selectRelated("mentor", "profile").prefetchRelated("books"), 2)
                .get(1);
        Row owner = related(bob.list("books").get(0), "author");
        assertThat(related(owner, "mentor").get("name")).isEqualTo("Ann");
        assertThat(related(owner, "profile").get("bio")).isEqualTo("p2");
    }

    @Test
    void selectedRelation_isNotReadAgainOnTheWayToWhatIsBehind() {
        List<Row> all = rows(books.selectRelated("author").prefetchRelated("author__books", "publisher"), 3);
        assertThat(keys(List.of(related(all.get(0), "author")), "books")).containsExactly(List.of(1L, 2L));
    }

    @Test
    void selectedRelation_insideAQuery_winsOverTheKnownOwner() {
        Row ann = rows(authors.only("name").prefetchRelated(Prefetch.of("books", q -> q.selectRelated("author"))), 2)
                .get(0);
        assertThat(related(ann.list("books").get(0), "author").unloadedNames()).isEmpty();
    }

    @Test
    void repeatedOwners_getTheSameRows() {
        List<Row> all = rows(books.values("author_id"), 1);
        assertThat(all).hasSize(5);
        List<Row> loaded = Objects.requireNonNull(fixture.db
                .load(Arrays.asList(all.get(0), all.get(1), all.get(2)), "author")
                .block(Fixture.PATIENCE));
        assertThat(related(loaded.get(0), "author")).isSameAs(related(loaded.get(1), "author"));
        assertThat(related(loaded.get(2), "author").get("name")).isEqualTo("Bob");
    }

    @Test
    void values_doWithoutPrefetch_andTerminalsWithIt() {
        rows(authors.prefetchRelated("books").values("id"), 1);
        fixture.sent();
        assertThat(authors.prefetchRelated("books").count().block(Fixture.PATIENCE))
                .isEqualTo(5);
        assertThat(fixture.sent()).hasSize(1);
        Row first =
                Objects.requireNonNull(authors.prefetchRelated("books").first().block(Fixture.PATIENCE));
        assertThat(first.list("books")).hasSize(2);
        assertThat(Objects.requireNonNull(authors.unordered()
                                .prefetchRelated("books")
                                .inBulk(List.of(1, 2))
                                .block(Fixture.PATIENCE))
                        .get(2L)
                        .list("books"))
                .hasSize(1);
    }

    @Test
    void unionsAndWindows_prefetchToo() {
        QuerySet<Row> some =
                authors.unordered().filter("id", 1).union(authors.unordered().filter("id", 2));
        assertThat(keys(rows(some.orderBy("id").prefetchRelated("books__tags"), 3), "books"))
                .containsExactly(List.of(1L, 2L), List.of(3L));
        Row ann = rows(
                        authors.prefetchRelated(
                                Prefetch.of("books", q -> q.distinctOn("author").orderBy("id"))),
                        2)
                .get(0);
        assertThat(ann.list("books")).hasSize(1);
    }

    @Test
    void wrongPaths_areErrorsAtOnceAndSendNothing() {
        fixture.sent();
        assertThatThrownBy(() -> authors.prefetchRelated("book"))
                .isExactlyInstanceOf(UnknownRelationException.class)
                .hasMessageContaining("Did you mean books?");
        assertThatThrownBy(() -> authors.prefetchRelated("books__tag")).isInstanceOf(UnknownRelationException.class);
        assertThatThrownBy(() -> authors.prefetchRelated("name"))
                .isExactlyInstanceOf(UnknownRelationException.class)
                .hasMessageStartingWith("The column \"name\" on author is no relation.");
        assertThatThrownBy(() -> authors.prefetchRelated(Prefetch.of("books", q -> q.filter("page", 1))))
                .isExactlyInstanceOf(UnknownFieldException.class);
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void twoQueriesForOnePlace_areRefused() {
        Prefetch big = Prefetch.of("books", q -> q.filter("pages__gt", 100));
        assertThatThrownBy(() -> authors.prefetchRelated(big, Prefetch.of("books", q -> q)))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "\"books\" of author is prefetched by two different queries. Give one of them a name of its own:"
                                + " Prefetch.of(\"books\", ..).as(\"name\").");
        assertThatThrownBy(() -> authors.prefetchRelated(big).prefetchRelated("books"))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> authors.prefetchRelated(
                        big.as("some"), Prefetch.of("mentees").as("some")))
                .isInstanceOf(InvalidQueryException.class);
        rows(authors.prefetchRelated(big, big).prefetchRelated("books__tags"), 3);
        rows(authors.prefetchRelated("books__tags").prefetchRelated(big), 3);
    }

    @Test
    void namesThatAreTaken_areRefused() {
        for (String name : List.of("name", "mentees", "", "n")) {
            assertThatThrownBy(() -> authors.annotate("n", Agg.count("books"))
                            .prefetchRelated(Prefetch.of("books").as(name)))
                    .isExactlyInstanceOf(InvalidQueryException.class)
                    .hasMessageStartingWith("Cannot prefetch as \"" + name + "\": it is ");
        }
    }

    @Test
    void queriesThatAreNoWholeRows_areRefused() {
        assertThatThrownBy(() -> authors.prefetchRelated(Prefetch.of("books", q -> q.values("id"))))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage("The query of Prefetch[books, query] must give whole rows of book of the same database: no"
                        + " values(..), groups or other tables. To read less use only(..).");
        assertThatThrownBy(() -> authors.prefetchRelated(Prefetch.of("books", q -> authors)))
                .isExactlyInstanceOf(InvalidQueryException.class);
    }

    @Test
    void moreRowsThanAllowed_areAnErrorWithAdvice() {
        DatabaseOptions options = DatabaseOptions.defaults().maxPrefetchRows(4);
        Database bounded = Objects.requireNonNull(
                Database.over(fixture.connections, options).block(Fixture.PATIENCE));
        assertThatThrownBy(() -> bounded.objects("author")
                        .prefetchRelated("books")
                        .list()
                        .block(Fixture.PATIENCE))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "prefetchRelated(\"books\") gave more than 4 rows for one chunk of owners (maxPrefetchRows)."
                                + " Limit them per owner with Prefetch.of(\"books\", q -> q.limit(n)), stream with flux() and a"
                                + " smaller fetchSize, or raise DatabaseOptions.maxPrefetchRows.");
        assertThat(bounded.objects("author")
                        .prefetchRelated("books")
                        .fetchSize(2)
                        .flux()
                        .count()
                        .block(Fixture.PATIENCE))
                .isEqualTo(5);
    }

    @Test
    void rowsThatWereNotLoaded_nameTheExactCall() {
        Row ann = rows(authors.prefetchRelated("books"), 2).get(0);
        assertThatThrownBy(() -> ann.list("mentees"))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessage(
                        "The relation author.mentees was not loaded with this row. Add prefetchRelated(\"mentees\") to the"
                                + " query of author, or call db.load(rows, \"mentees\"). Loaded: books.");
        assertThatThrownBy(() -> ann.list("books").get(0).one("publisher"))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessageContaining("Add selectRelated(\"books__publisher\") to the query of author")
                .hasMessageContaining("db.load(rows, \"publisher\")");
        assertThatThrownBy(() -> ann.one("book")).isExactlyInstanceOf(UnknownRelationException.class);
        assertThatThrownBy(() -> ann.isLoaded("book")).isExactlyInstanceOf(UnknownRelationException.class);
        assertThatThrownBy(() -> ann.one("books"))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage("author.books leads to several rows: read them with list(\"books\").");
        assertThatThrownBy(() -> ann.list("books").get(0).list("author"))
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage("book.author leads to at most one row: read it with one(\"author\").");
    }
}
