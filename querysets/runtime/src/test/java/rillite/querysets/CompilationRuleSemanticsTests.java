package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The semantics of the rules by which queries become SQL: text, binds, rows and number of statements. */
final class CompilationRuleSemanticsTests extends LibraryTestCase {

    @Test
    void c1_onePath_isOneJoin() {
        ask(books.filter("author__name", "Ann").orderBy("author__age", "id").values("id", "author__email"))
                .sql(
                        "SELECT \"book\".\"id\", \"author\".\"email\" FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"author\".\"name\" = ? ORDER BY \"author\".\"age\", \"book\".\"id\"")
                .binds("Ann")
                .rows(List.of(1L, "ann@x.org"), List.of(2L, "ann@x.org"));
    }

    @Test
    void c2_left_sticksDownTheChain() {
        ask(authors.values("id", "mentor__mentor__name").orderBy("id"))
                .sql(
                        "SELECT \"author\".\"id\", \"author_3\".\"name\" FROM \"author\" LEFT JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" LEFT JOIN \"author\" AS \"author_3\" ON \"author_3\".\"id\" = \"author_2\".\"mentor_id\" ORDER BY \"author\".\"id\"")
                .binds()
                .rows(
                        Arrays.asList(1L, null),
                        Arrays.asList(2L, null),
                        Arrays.asList(3L, null),
                        List.of(4L, "Ann"),
                        Arrays.asList(5L, null));
        ask(authors.filter("mentor__mentor__age__gt", 1))
                .tail(
                        "\"author\" JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" JOIN \"author\" AS \"author_3\" ON \"author_3\".\"id\" = \"author_2\".\"mentor_id\" WHERE \"author_3\".\"age\" > ?")
                .binds(1L)
                .keys(4L);
    }

    @Test
    void c3_or_needsThePathInEveryArm() {
        ask(books.filter(Q.of("publisher__name", "Pub1").and(Q.of("pages", 100)).or(Q.of("publisher__name", "Pub2")))
                        .orderBy("id"))
                .tail(
                        "\"book\" JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE (\"publisher\".\"name\" = ? AND \"book\".\"pages\" = ?) OR \"publisher\".\"name\" = ? ORDER BY \"book\".\"id\"")
                .binds("Pub1", 100L, "Pub2")
                .keys(1L, 2L, 4L);
    }

    @Test
    void c4_keys_areReadFromTheForeignKeyAndTheLink() {
        ask(books.filter("author", 1, "publisher__isnull", false))
                .tail("\"book\" WHERE \"book\".\"author_id\" = ? AND \"book\".\"publisher_id\" IS NOT NULL")
                .binds(1L)
                .keys(1L, 2L);
        ask(books.filter("tags", 1))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"book_tag\".\"tag_id\" = ?)")
                .binds(1L)
                .keys(1L, 2L, 5L);
        ask(books.filter("tags__id__gt", 1))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"book_tag\".\"tag_id\" > ?)")
                .binds(1L)
                .keys(1L, 3L);
        ask(books.filter("reviews__book", 1))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"book_id\" = ?)")
                .binds(1L)
                .keys(1L);
    }

    @Test
    void c5_foreignKeyEquality_comesFirst() {
        ask(authors.filter("books__tags__name", "web", "books__pages__gt", 1))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?) AND \"book\".\"pages\" > ?)")
                .binds("web", 1L)
                .keys(2L);
    }

    @Test
    void c6_not_inItsShortestForm() {
        ask(books.exclude("pages", 100))
                .tail("\"book\" WHERE NOT (\"book\".\"pages\" = ?)")
                .binds(100L)
                .keys(2L, 3L, 5L);
        ask(books.exclude("publisher", 1))
                .tail("\"book\" WHERE (\"book\".\"publisher_id\" = ?) IS NOT TRUE")
                .binds(1L)
                .keys(2L, 3L, 5L);
        ask(books.filter(Q.of("pages", 100).not().not()))
                .tail("\"book\" WHERE \"book\".\"pages\" = ?")
                .binds(100L)
                .keys(1L, 4L);
        ask(authors.exclude("books__isnull", true))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")")
                .binds()
                .keys(1L, 2L, 3L, 4L);
    }

    @Test
    void c7_constants_fold() {
        gives(authors.filter("id__in", List.of(), "age", 3), List.of());
        gives(authors.exclude(Q.of("id__in", List.of()).not()), List.of());
        gives(authors.none().aggregate("n", Agg.count().plus(2).times(3)).map(row -> row.get("n")), List.of(), 6L);
    }

    @Test
    void c8_aggregateOverSeveralRows_isASubSelect() {
        ask(books.values("author")
                        .annotate(
                                "n",
                                Agg.count("reviews"),
                                "a",
                                Agg.avg("reviews__stars"),
                                "m",
                                Agg.max("reviews__stars"))
                        .orderBy("author"))
                .sql(
                        "SELECT \"book\".\"author_id\", coalesce(sum((SELECT count(*) FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\")), 0), (CAST(sum((SELECT sum(\"review_2\".\"stars\") FROM \"review\" AS \"review_2\" WHERE \"review_2\".\"book_id\" = \"book\".\"id\")) AS REAL) / sum((SELECT count(\"review_3\".\"stars\") FROM \"review\" AS \"review_3\" WHERE \"review_3\".\"book_id\" = \"book\".\"id\"))), max((SELECT max(\"review_4\".\"stars\") FROM \"review\" AS \"review_4\" WHERE \"review_4\".\"book_id\" = \"book\".\"id\")) FROM \"book\" GROUP BY \"book\".\"author_id\" ORDER BY \"book\".\"author_id\"")
                .binds()
                .rows(
                        List.of(1L, 4L, 3.5, 5L),
                        List.of(2L, 1L, 4.0, 4L),
                        Arrays.asList(3L, 0L, null, null),
                        List.of(4L, 1L, 1.0, 1L));
        ask(books.values("author").annotate("t", Agg.count("tags").distinct()).orderBy("author"))
                .sql(
                        "SELECT \"book\".\"author_id\", count(DISTINCT \"book_tag\".\"tag_id\") FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\" GROUP BY \"book\".\"author_id\" ORDER BY \"book\".\"author_id\"")
                .binds()
                .rows(List.of(1L, 2L), List.of(2L, 2L), List.of(3L, 0L), List.of(4L, 1L));
        refuses(
                () -> books.values("author").annotate("t", Agg.count("tags").distinct(), "n", Agg.count("id")),
                InvalidQueryException.class,
                "in a query of its own");
    }

    @Test
    void c9_groupsFollowValues_conditionsOnThemAreHaving() {
        ask(books.values("author__name").annotate("n", Agg.count("id")).filter("n__gt", 1))
                .sql(
                        "SELECT \"author\".\"name\", count(\"book\".\"id\") FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" GROUP BY \"author\".\"name\" HAVING count(\"book\".\"id\") > ?")
                .binds(1L)
                .rows(List.of("Ann", 2L));
        ask(books.values("publisher__name").annotate("p", Agg.sum("pages")).orderBy("-p", "publisher__name"))
                .sql(
                        "SELECT \"publisher\".\"name\", sum(\"book\".\"pages\") FROM \"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" GROUP BY \"publisher\".\"name\" ORDER BY sum(\"book\".\"pages\") DESC, \"publisher\".\"name\"")
                .binds()
                .rows(Arrays.asList(null, 350L), List.of("Pub1", 200L), List.of("Pub2", 200L));
    }

    @Test
    void c10_windowsSetsAndSlices_areWrapped() {
        ask(books.annotate("r", Window.rank().orderBy("-pages"))
                        .filter("r__lte", 2)
                        .orderBy("-r"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"title\", \"q\".\"author_id\", \"q\".\"publisher_id\", \"q\".\"pages\", \"q\".\"published\", \"q\".\"created\", \"q\".\"r\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", rank() OVER (ORDER BY \"book\".\"pages\" DESC) AS \"r\" FROM \"book\") AS \"q\" WHERE \"q\".\"r\" <= ? ORDER BY \"q\".\"r\" DESC")
                .binds(2L)
                .keys(2L, 3L);
        ask(books.orderBy("id")
                        .limit(3)
                        .values("author")
                        .annotate("n", Agg.count("id"))
                        .orderBy("author"))
                .sql(
                        "SELECT \"q\".\"author_id\", count(\"q\".\"id\") FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\" FROM \"book\" ORDER BY \"book\".\"id\" LIMIT ?) AS \"q\" GROUP BY \"q\".\"author_id\" ORDER BY \"q\".\"author_id\"")
                .binds(3L)
                .rows(List.of(1L, 2L), List.of(2L, 1L));
    }

    @Test
    void c11_count_isAsPlainAsItCanBe() {
        gives(books.orderBy("author__name").count(), List.of("SELECT count(*) FROM \"book\""), 5L);
        gives(
                books.values("author").annotate("n", Agg.count("id")).count(),
                List.of(
                        "SELECT count(*) FROM (SELECT \"book\".\"author_id\", count(\"book\".\"id\") FROM \"book\" GROUP BY \"book\".\"author_id\")"),
                4L);
        gives(
                books.values("author").distinct().count(),
                List.of("SELECT count(*) FROM (SELECT DISTINCT \"book\".\"author_id\" FROM \"book\")"),
                4L);
        gives(
                books.values("tags__name").count(),
                List.of(
                        "SELECT count(*) FROM (SELECT \"tag\".\"name\" FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\" LEFT JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\")"),
                7L);
        run(authors.filter("id", 1).union(authors.filter("id", 2)).exists())
                .statement(
                        "SELECT (EXISTS (SELECT 1 FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?)))",
                        1L,
                        2L)
                .gives(true);
    }

    @Test
    void c12_firstAndLast_addTheKey() {
        run(authors.earliest("age").map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"age\" LIMIT ?",
                        1L)
                .gives(3L);
        run(authors.latest("age").map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"age\" DESC LIMIT ?",
                        1L)
                .gives(1L);
    }

    @Test
    void c13_writesThroughJoinsWindowsAndSlices_findKeysFirst() {
        run(books.annotate("r", Window.rowNumber().orderBy("-pages"))
                        .filter("r", 1)
                        .update("pages", 1))
                .statement(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE \"book\".\"id\" IN (SELECT \"q\".\"id\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (ORDER BY \"book\".\"pages\" DESC) AS \"r\" FROM \"book\") AS \"q\" WHERE \"q\".\"r\" = ?)",
                        1L,
                        1L)
                .gives(1L);
        run(reviews.filter("book__tags__name", "web").update("stars", 1))
                .statement(
                        "UPDATE \"review\" SET \"stars\" = ? WHERE EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"review\".\"book_id\" AND \"tag\".\"name\" = ?)",
                        1L,
                        "web")
                .gives(1L);
    }

    @Test
    void c14_lists_areOneBind() {
        ask(authors.filter("id__in", LongStream.range(0, 1200).boxed().toList()))
                .tail("\"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))")
                .binds(LongStream.range(0, 1200).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]")))
                .keys(1L, 2L, 3L, 4L, 5L);
        ask(books.filter("id__in", books.orderBy("-pages").limit(2).values("id")))
                .tail(
                        "\"book\" WHERE \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\" ORDER BY \"book\".\"pages\" DESC LIMIT ?)")
                .binds(2L)
                .keys(2L, 3L);
    }

    @Test
    void c15_binds_areTyped() {
        ask(authors.filter("age", "30"))
                .tail("\"author\" WHERE \"author\".\"age\" = ?")
                .binds(30L)
                .keys(2L, 4L);
        ask(books.filter("published", "2020-01-01"))
                .tail("\"book\" WHERE \"book\".\"published\" = ?")
                .binds("2020-01-01")
                .keys(1L);
    }

    @Test
    void c16_results_areReadByPosition() {
        ask(books.filter("id", 1).values("id", "author__id", "author__name", "title"))
                .sql(
                        "SELECT \"book\".\"id\", \"book\".\"author_id\", \"author\".\"name\", \"book\".\"title\" FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"book\".\"id\" = ?")
                .binds(1L)
                .rows(List.of(1L, 1L, "Ann", "A1"));
    }

    @Test
    void c17_valuesOfSeveralRows_multiply() {
        ask(books.values("id", "tags__name").orderBy("id", "tags__id"))
                .sql(
                        "SELECT \"book\".\"id\", \"tag\".\"name\" FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\" LEFT JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" ORDER BY \"book\".\"id\", \"book_tag\".\"tag_id\"")
                .binds()
                .rows(
                        List.of(1L, "java"),
                        List.of(1L, "sql"),
                        List.of(2L, "java"),
                        List.of(3L, "sql"),
                        List.of(3L, "web"),
                        Arrays.asList(4L, null),
                        List.of(5L, "java"));
    }

    @Test
    void c18_sameTree_isTheSameText_whateverTheValues() {
        QuerySet<Row> one = authors.filter("id__in", List.of(1), "age__gt", 1).orderBy("name");
        QuerySet<Row> other = library.db
                .objects("author")
                .filter(Q.of("id__in", List.of(3, 4, 5)), Q.of("age__gt", 20))
                .orderBy("name");
        ask(one).tail(
                        "\"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?)) AND \"author\".\"age\" > ? ORDER BY \"author\".\"name\"")
                .binds("[1]", 1L)
                .keys(1L);
        ask(other).binds("[3,4,5]", 20L).keys(5L, 4L);
        assertThat(other.toSql().sql()).isSameAs(one.toSql().sql());
        assertThat(one.comment("a").toSql().sql().substring("/* a */ ".length()))
                .isEqualTo(one.toSql().sql());
    }

    @Test
    void c19_whatIsTooLarge_isRefusedWithTheNumber_beforeItIsSent() {
        String mentors = "mentor__".repeat(64);
        refuses(
                () -> authors.filter(mentors + "name", "Ann").toSql(),
                InvalidQueryException.class,
                "The query joins more than 64 tables, and SQLite takes no more.");
        ask(authors.filter("mentor__".repeat(63) + "name", "Ann")).binds("Ann").keys();
        refuses(
                () -> {
                    QuerySet<Row> wide = authors;
                    for (int i = 0; i < 1996; i++) {
                        wide = wide.annotate("x" + i, F.of("id"));
                    }
                    return wide.toSql();
                },
                InvalidQueryException.class,
                "The query has 2001 columns, and SQLite takes at most 2000.");
        refuses(
                () -> {
                    Q<Object> deep = Q.of("id", 1);
                    for (int i = 0; i < 900; i++) {
                        deep = i % 2 == 0 ? deep.or(Q.of("age", i)) : deep.and(Q.of("age", i));
                    }
                    return authors.filter(deep);
                },
                InvalidQueryException.class,
                "A condition may be nested 900 levels deep, this one has 901.");
    }

    @Test
    void c20_comment_standsBeforeTheStatement() {
        ask(authors.comment("route */ 1").filter("id", 1))
                .sql(
                        "/* route  1 */ SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?")
                .binds(1L)
                .keys(1L);
    }
}
