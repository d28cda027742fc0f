package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The semantics of aggregates, sets and values: text, binds, rows and number of statements. */
final class AggregateSemanticsTests extends LibraryTestCase {

    @SemanticsRow(71)
    @Test
    void sumsOverTwoRelations_doNotMultiply() {
        ask(authors.filter("id", 1)
                        .annotate("s", Agg.sum("books__pages"), "n", Agg.count("books__reviews"))
                        .values("s", "n"))
                .sql(
                        "SELECT (SELECT sum(\"book\".\"pages\") FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"), (SELECT count(\"review\".\"id\") FROM \"book\" AS \"book_2\" LEFT JOIN \"review\" ON \"review\".\"book_id\" = \"book_2\".\"id\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE \"author\".\"id\" = ?")
                .binds(1L)
                .rows(List.of(300L, 4L));
        ask(authors.filter("id", 1)
                        .annotate("b", Agg.count("books"), "r", Agg.count("books__reviews"))
                        .values("b", "r"))
                .sql(
                        "SELECT (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"), (SELECT count(\"review\".\"id\") FROM \"book\" AS \"book_2\" LEFT JOIN \"review\" ON \"review\".\"book_id\" = \"book_2\".\"id\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE \"author\".\"id\" = ?")
                .binds(1L)
                .rows(List.of(2L, 4L));
        ask(authors.filter("id", 1)
                        .annotate(
                                "b",
                                Agg.count("books").distinct(),
                                "r",
                                Agg.count("books__reviews").distinct())
                        .values("b", "r"))
                .sql(
                        "SELECT (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"), (SELECT count(DISTINCT \"review\".\"id\") FROM \"book\" AS \"book_2\" LEFT JOIN \"review\" ON \"review\".\"book_id\" = \"book_2\".\"id\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE \"author\".\"id\" = ?")
                .binds(1L)
                .rows(List.of(2L, 4L));
    }

    @SemanticsRow(72)
    @Test
    void aggregate_ofNothing() {
        gives(
                authors.none()
                        .aggregate("s", Agg.sum("age"), "c", Agg.count("id"))
                        .map(row -> row.asMap().toString()),
                List.of(),
                "{s=null, c=0}");
        run(authors.filter("id", 99)
                        .aggregate(
                                "s",
                                Agg.sum("age"),
                                "c",
                                Agg.count("id"),
                                "d",
                                Agg.sum("age").orElse(0))
                        .map(row -> row.asMap().toString()))
                .statement(
                        "SELECT sum(\"author\".\"age\"), count(\"author\".\"id\"), coalesce(sum(\"author\".\"age\"), ?) FROM \"author\" WHERE \"author\".\"id\" = ?",
                        0L,
                        99L)
                .gives("{s=null, c=0, d=0}");
    }

    @SemanticsRow(73)
    @Test
    void aggregate_ofSliceDistinctAndAnnotation() {
        run(authors.orderBy("id").slice(0, 2).aggregate("s", Agg.sum("age")).map(row -> row.get("s")))
                .statement(
                        "SELECT sum(\"q\".\"age\") FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?) AS \"q\"",
                        2L)
                .gives(70L);
        gives(
                books.values("pages")
                        .distinct()
                        .aggregate("s", Agg.sum("pages"))
                        .map(row -> row.get("s")),
                List.of("SELECT sum(\"q\".\"pages\") FROM (SELECT DISTINCT \"book\".\"pages\" FROM \"book\") AS \"q\""),
                650L);
        gives(
                authors.annotate("n", Agg.count("books"))
                        .aggregate("m", Agg.max("n"))
                        .map(row -> row.get("m")),
                List.of(
                        "SELECT max((SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")) FROM \"author\""),
                2L);
    }

    @SemanticsRow(74)
    @Test
    void annotate_afterValues_groups() {
        ask(books.values("pages").annotate("n", Agg.count("id")).orderBy("pages"))
                .sql(
                        "SELECT \"book\".\"pages\", count(\"book\".\"id\") FROM \"book\" GROUP BY \"book\".\"pages\" ORDER BY \"book\".\"pages\"")
                .binds()
                .rows(List.of(50L, 1L), List.of(100L, 2L), List.of(200L, 1L), List.of(300L, 1L));
    }

    @SemanticsRow(75)
    @Test
    void annotate_beforeValues_isPerRow() {
        ask(books.annotate("n", Agg.count("tags")).values("pages", "n").orderBy("id"))
                .sql(
                        "SELECT \"book\".\"pages\", (SELECT count(*) FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\") FROM \"book\" ORDER BY \"book\".\"id\"")
                .binds()
                .rows(List.of(100L, 2L), List.of(200L, 1L), List.of(300L, 2L), List.of(100L, 0L), List.of(50L, 1L));
    }

    @SemanticsRow(76)
    @Test
    void orderBy_dividesGroups() {
        ask(books.orderBy("title").values("pages").annotate("n", Agg.count("id")))
                .sql(
                        "SELECT \"book\".\"pages\", count(\"book\".\"id\") FROM \"book\" GROUP BY \"book\".\"pages\", \"book\".\"title\" ORDER BY \"book\".\"title\"")
                .binds()
                .rows(List.of(50L, 1L), List.of(100L, 1L), List.of(200L, 1L), List.of(300L, 1L), List.of(100L, 1L));
    }

    @SemanticsRow(77)
    @Test
    void filter_neverNarrowsAnAggregate() {
        ask(authors.filter("books__pages__gt", 100)
                        .annotate("n", Agg.count("books"))
                        .values("id", "n")
                        .orderBy("id"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND \"book_2\".\"pages\" > ?) ORDER BY \"author\".\"id\"")
                .binds(100L)
                .rows(List.of(1L, 2L), List.of(2L, 1L));
        ask(authors.annotate("n", Agg.count("books"))
                        .filter("books__pages__gt", 100)
                        .values("id", "n")
                        .orderBy("id"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND \"book_2\".\"pages\" > ?) ORDER BY \"author\".\"id\"")
                .binds(100L)
                .rows(List.of(1L, 2L), List.of(2L, 1L));
    }

    @SemanticsRow(78)
    @Test
    void conditionsOnAggregatesPerRow_areWhere() {
        ask(authors.annotate("n", Agg.count("books"))
                        .filter("n__gt", 1, "age__gt", 1)
                        .values("id", "n"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE (SELECT count(*) FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") > ? AND \"author\".\"age\" > ?")
                .binds(1L, 1L)
                .rows(List.of(1L, 2L));
        ask(authors.annotate("n", Agg.count("books"))
                        .filter(Q.of("n__gt", 1).or(Q.of("age", 25)))
                        .orderBy("id")
                        .values("id", "n"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE (SELECT count(*) FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") > ? OR \"author\".\"age\" = ? ORDER BY \"author\".\"id\"")
                .binds(1L, 25L)
                .rows(List.of(1L, 2L), List.of(5L, 0L));
        ask(books.values("pages").annotate("n", Agg.count("id")).filter("n__gt", 1, "pages__lt", 200))
                .sql(
                        "SELECT \"book\".\"pages\", count(\"book\".\"id\") FROM \"book\" WHERE \"book\".\"pages\" < ? GROUP BY \"book\".\"pages\" HAVING count(\"book\".\"id\") > ?")
                .binds(200L, 1L)
                .rows(List.of(100L, 2L));
    }

    @SemanticsRow(79)
    @Test
    void filterOfAggregate_standsInside() {
        ask(authors.annotate("n", Agg.count("books").filter(Q.of("pages__gt", 100)))
                        .orderBy("id")
                        .values("id", "n"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > ?) FROM \"author\" ORDER BY \"author\".\"id\"")
                .binds(100L)
                .rows(List.of(1L, 1L), List.of(2L, 1L), List.of(3L, 0L), List.of(4L, 0L), List.of(5L, 0L));
        run(books.aggregate("n", Agg.count().filter(Q.of("pages__gt", 100))).map(row -> row.get("n")))
                .statement("SELECT count(*) FILTER (WHERE \"book\".\"pages\" > ?) FROM \"book\"", 100L)
                .gives(2L);
    }

    @SemanticsRow(80)
    @Test
    void subQueryThatCounts() {
        ask(authors.orderBy("id")
                        .annotate(
                                "n",
                                Subquery.of(books.filter("author", F.outer("id"))
                                        .unordered()
                                        .values("author")
                                        .annotate("c", Agg.count("id"))
                                        .values("c")))
                        .values("id", "n"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(\"book\".\"id\") FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" GROUP BY \"book\".\"author_id\") FROM \"author\" ORDER BY \"author\".\"id\"")
                .binds()
                .rows(List.of(1L, 2L), List.of(2L, 1L), List.of(3L, 1L), List.of(4L, 1L), Arrays.asList(5L, null));
    }

    @SemanticsRow(80)
    @Test
    void subQueryThatCounts_orElseZero() {
        ask(authors.orderBy("id")
                        .annotate(
                                "n",
                                Fn.coalesce(
                                        Subquery.of(books.filter("author", F.outer("id"))
                                                .unordered()
                                                .values("author")
                                                .annotate("c", Agg.count("id"))
                                                .values("c")),
                                        0))
                        .values("id", "n"))
                .sql(
                        "SELECT \"author\".\"id\", coalesce((SELECT count(\"book\".\"id\") FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" GROUP BY \"book\".\"author_id\"), ?) FROM \"author\" ORDER BY \"author\".\"id\"")
                .binds(0L)
                .rows(List.of(1L, 2L), List.of(2L, 1L), List.of(3L, 1L), List.of(4L, 1L), List.of(5L, 0L));
    }

    @SemanticsRow(81)
    @Test
    void exists_andItsOpposite() {
        ask(authors.filter(Q.exists(books.filter("author", F.outer("id"), "pages__gte", 300))))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" >= ?)")
                .binds(300L)
                .keys(2L);
        ask(authors.filter(Q.exists(books.filter("author", F.outer("id"))).not()))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"))")
                .binds()
                .keys(5L);
    }

    @SemanticsRow(82)
    @Test
    void filterOnWindow_isWrapped() {
        ask(books.annotate("r", Window.rowNumber().partitionBy("author").orderBy("-pages"))
                        .filter("r", 1)
                        .orderBy("id")
                        .values("id", "r"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"r\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (PARTITION BY \"book\".\"author_id\" ORDER BY \"book\".\"pages\" DESC) AS \"r\" FROM \"book\") AS \"q\" WHERE \"q\".\"r\" = ? ORDER BY \"q\".\"id\"")
                .binds(1L)
                .rows(List.of(2L, 1L), List.of(3L, 1L), List.of(4L, 1L), List.of(5L, 1L));
    }

    @SemanticsRow(86)
    @Test
    void queriesCombine() {
        ask(authors.filter("age", 30).or(authors.filter("id", 1)).orderBy("id"))
                .tail("\"author\" WHERE \"author\".\"age\" = ? OR \"author\".\"id\" = ? ORDER BY \"author\".\"id\"")
                .binds(30L, 1L)
                .keys(1L, 2L, 4L);
        ask(authors.filter("age", 30).and(authors.filter("id", 4)).orderBy("id"))
                .tail("\"author\" WHERE \"author\".\"age\" = ? AND \"author\".\"id\" = ? ORDER BY \"author\".\"id\"")
                .binds(30L, 4L)
                .keys(4L);
        refuses(() -> authors.or(books), InvalidQueryException.class, "queries of one table");
        ask(authors.orderBy("id").limit(1).or(authors.filter("id", 4)).orderBy("id"))
                .tail(
                        "\"author\" WHERE \"author\".\"id\" IN (SELECT \"author\".\"id\" FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?) OR \"author\".\"id\" = ? ORDER BY \"author\".\"id\"")
                .binds(1L, 4L)
                .keys(1L, 4L);
    }

    @SemanticsRow(87)
    @Test
    void union_ofValues() {
        run(authors.filter("id__lte", 2)
                        .values("id")
                        .union(authors.filter("id__in", List.of(2, 3)).values("id"))
                        .orderBy("-id")
                        .flat(Long.class))
                .statement(
                        "SELECT \"q\".\"id\" FROM (SELECT \"author\".\"id\" FROM \"author\" WHERE \"author\".\"id\" <= ? UNION SELECT \"author\".\"id\" FROM \"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))) AS \"q\" ORDER BY \"q\".\"id\" DESC",
                        2L,
                        "[2,3]")
                .gives(3L, 2L, 1L);
        run(authors.filter("id__lte", 2)
                        .values("id")
                        .unionAll(authors.filter("id__in", List.of(2, 3)).values("id"))
                        .orderBy("id")
                        .flat(Long.class))
                .statement(
                        "SELECT \"q\".\"id\" FROM (SELECT \"author\".\"id\" FROM \"author\" WHERE \"author\".\"id\" <= ? UNION ALL SELECT \"author\".\"id\" FROM \"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))) AS \"q\" ORDER BY \"q\".\"id\"",
                        2L,
                        "[2,3]")
                .gives(1L, 2L, 2L, 3L);
        refuses(
                () -> authors.values("id").union(books.values("id", "title")),
                InvalidQueryException.class,
                "one reads 1 columns, the other 2");
    }

    @SemanticsRow(89)
    @Test
    void setOperations_goOn() {
        ask(authors.filter("id", 1).union(authors.filter("id", 2)).filter("name", "x"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?) AS \"q\" WHERE \"q\".\"name\" = ?")
                .binds(1L, 2L, "x")
                .keys();
        run(authors.filter("id", 1).union(authors.filter("id", 2)).count())
                .statement(
                        "SELECT count(*) FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?)",
                        1L,
                        2L)
                .gives(2L);
        ask(authors.none().union(authors.filter("id", 2)))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?) AS \"q\"")
                .binds(2L)
                .keys(2L);
        ask(authors.filter("id__lte", 2).intersect(authors.filter("id__gte", 2)).orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" <= ? INTERSECT SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" >= ?) AS \"q\" ORDER BY \"q\".\"id\"")
                .binds(2L, 2L)
                .keys(2L);
        run(authors.filter("id__lte", 2)
                        .except(authors.filter("id__gte", 2))
                        .values("id")
                        .flat(Long.class))
                .statement(
                        "SELECT \"q\".\"id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" <= ? EXCEPT SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" >= ?) AS \"q\"",
                        2L,
                        2L)
                .gives(1L);
        gives(authors.intersect(authors.none()), List.of());
        gives(authors.none().except(authors), List.of());
    }

    @SemanticsRow(90)
    @Test
    void narrowedRelation_standsInTheJoin() {
        ask(authors.annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .values("id", "big__title")
                        .orderBy("id", "big__id"))
                .sql(
                        "SELECT \"author\".\"id\", \"book\".\"title\" FROM \"author\" LEFT JOIN \"book\" ON \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > ? ORDER BY \"author\".\"id\", \"book\".\"id\"")
                .binds(100L)
                .rows(
                        List.of(1L, "A2"),
                        List.of(2L, "B1"),
                        Arrays.asList(3L, null),
                        Arrays.asList(4L, null),
                        Arrays.asList(5L, null));
        ask(authors.annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .filter("big__isnull", true))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > ?))")
                .binds(100L)
                .keys(3L, 4L, 5L);
    }

    @SemanticsRow(94)
    @Test
    void integers_divideAsIntegers() {
        ask(books.filter("id", 3)
                        .annotate(
                                "x",
                                F.of("pages").div(7),
                                "y",
                                F.of("pages").asReal().div(8))
                        .values("x", "y"))
                .sql(
                        "SELECT (\"book\".\"pages\" / ?), (CAST(\"book\".\"pages\" AS REAL) / ?) FROM \"book\" WHERE \"book\".\"id\" = ?")
                .binds(7L, 8L, 3L)
                .rows(List.of(42L, 37.5));
    }

    @SemanticsRow(109)
    @Test
    void valuesOfParent_joinOnlyForItsColumns() {
        ask(books.values("author", "author_id", "author__name").orderBy("id").limit(1))
                .sql(
                        "SELECT \"book\".\"author_id\", \"book\".\"author_id\", \"author\".\"name\" FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" ORDER BY \"book\".\"id\" LIMIT ?")
                .binds(1L)
                .rows(List.of(1L, 1L, "Ann"));
    }

    @SemanticsRow(112)
    @Test
    void alias_isUsedNotRead() {
        ask(authors.alias("n", Agg.count("books")).filter("n__gte", 2).values("id"))
                .sql(
                        "SELECT \"author\".\"id\" FROM \"author\" WHERE (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") >= ?")
                .binds(2L)
                .rows(List.of(1L));
        refuses(
                () -> authors.alias("n", Agg.count("books")).values("n"),
                InvalidQueryException.class,
                "it is an alias");
    }

    @SemanticsRow(113)
    @Test
    void annotation_thatClashesOrNests_isRefused() {
        refuses(() -> authors.annotate("name", Agg.count("books")), InvalidQueryException.class, "already a column");
        refuses(
                () -> authors.annotate("n", Agg.count("books")).annotate("m", Agg.sum(Agg.count("books"))),
                InvalidQueryException.class,
                "aggregate of an aggregate");
        refuses(() -> authors.annotate("pk", Agg.count("books")), InvalidQueryException.class, "already a column");
    }

    @SemanticsRow(95)
    @Test
    void caseWhen_asksForNull() {
        run(authors.orderBy("id")
                        .annotate(
                                "x",
                                Case.when(Q.of("age", null), "n")
                                        .when(Q.of("age__gt", 30), "o")
                                        .otherwise("y"))
                        .values("x")
                        .flat(String.class))
                .statement(
                        "SELECT CASE WHEN \"author\".\"age\" IS NULL THEN ? WHEN \"author\".\"age\" > ? THEN ? ELSE ? END FROM \"author\" ORDER BY \"author\".\"id\"",
                        "n",
                        30L,
                        "o",
                        "y")
                .gives("o", "y", "n", "y", "y");
    }
}
