package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The semantics of queries inside of queries, aggregates of calculations, windows and narrowed relations: text, binds, rows and number of statements. */
final class NestedSemanticsTests extends LibraryTestCase {

    @Test
    void outer_ofTheOuterQuery() {
        ask(authors.filter(Q.exists(books.filter("author", F.outer("id"))
                        .filter(Q.exists(reviews.filter("book", F.outer("id"), "id__gt", F.outer(F.outer("id"))))))))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"id\" > \"author\".\"id\"))")
                .binds()
                .keys(1L, 2L, 4L);
    }

    @Test
    void any_none_every_nested() {
        ask(authors.filter(Q.any("books", Q.none("reviews", "stars__lt", 4))))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND NOT (EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"stars\" < ?)))")
                .binds(4L)
                .keys(2L, 3L);
        ask(authors.filter(Q.every("books", Q.any("tags", "name", "java"))))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND NOT (EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?))))")
                .binds("java")
                .keys(1L, 4L, 5L);
        ask(authors.filter(Q.none("books", Q.of("tags__name", "java"))))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?)))")
                .binds("java")
                .keys(2L, 3L, 5L);
        ask(authors.filter(Q.any(
                        "books", Q.of("pages__gt", F.outer("age").times(4)).and(Q.of("tags__isnull", false)))))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > (\"author\".\"age\" * ?) AND EXISTS (SELECT 1 FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\"))")
                .binds(4L)
                .keys(1L, 2L);
    }

    @Test
    void any_throughParent() {
        ask(books.filter(Q.any("author__mentees", "age", 30)))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"author\" WHERE \"author\".\"mentor_id\" = \"book\".\"author_id\" AND \"author\".\"age\" = ?)")
                .binds(30L)
                .keys(1L, 2L, 3L);
        ask(books.filter(Q.exists(reviews.filter("book__author", F.outer("author__id"), "stars", 1))))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"review\" JOIN \"book\" AS \"book_2\" ON \"book_2\".\"id\" = \"review\".\"book_id\" WHERE \"book_2\".\"author_id\" = \"book\".\"author_id\" AND \"review\".\"stars\" = ?)")
                .binds(1L)
                .keys(5L);
    }

    @Test
    void rightSide_ofRelatedRow_isTheSameRow() {
        ask(authors.filter("books__pages__gt", F.of("books__id").times(90)))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > (\"book\".\"id\" * ?))")
                .binds(90L)
                .keys(1L, 2L);
        ask(authors.filter("books__pages__gt", F.of("age").times(4)))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > (\"author\".\"age\" * ?))")
                .binds(4L)
                .keys(1L, 2L);
    }

    @Test
    void narrowedToOne_joinsWithItsCondition() {
        ask(books.annotate("p1", FilteredRelation.of("publisher", Q.of("name", "Pub1")))
                        .orderBy("-p1__name", "id")
                        .values("id", "p1__name"))
                .sql(
                        "SELECT \"book\".\"id\", \"publisher\".\"name\" FROM \"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" AND \"publisher\".\"name\" = ? ORDER BY \"publisher\".\"name\" DESC, \"book\".\"id\"")
                .binds("Pub1")
                .rows(
                        List.of(1L, "Pub1"),
                        List.of(4L, "Pub1"),
                        Arrays.asList(2L, null),
                        Arrays.asList(3L, null),
                        Arrays.asList(5L, null));
        ask(books.annotate("p1", FilteredRelation.of("publisher", Q.of("name", "Pub1")))
                        .filter("p1__isnull", true))
                .tail(
                        "\"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" AND \"publisher\".\"name\" = ? WHERE \"publisher\".\"id\" IS NULL")
                .binds("Pub1")
                .keys(2L, 3L, 5L);
        ask(books.annotate("p1", FilteredRelation.of("publisher", Q.of("name", "Pub1")))
                        .filter("p1__name__startswith", "P"))
                .tail(
                        "\"book\" JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" AND \"publisher\".\"name\" = ? WHERE \"publisher\".\"name\" >= ? AND \"publisher\".\"name\" < ?")
                .binds("Pub1", "P", "Q")
                .keys(1L, 4L);
    }

    @Test
    void narrowedBehindParent_isReached() {
        ask(books.annotate("peers", FilteredRelation.of("author__books", Q.of("pages__gt", 150)))
                        .filter("peers__title", "A2")
                        .orderBy("id"))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"book\".\"author_id\" AND \"book_2\".\"pages\" > ? AND \"book_2\".\"title\" = ?) ORDER BY \"book\".\"id\"")
                .binds(150L, "A2")
                .keys(1L, 2L);
        ask(authors.annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))
                        .annotate("n", Agg.count("big"), "t", Agg.count("big__tags"))
                        .values("id", "n", "t")
                        .orderBy("id")
                        .limit(3))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > ?), (SELECT count(\"book_tag\".\"tag_id\") FROM \"book\" AS \"book_2\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book_2\".\"id\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND \"book_2\".\"pages\" > ?) FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?")
                .binds(100L, 100L, 3L)
                .rows(List.of(1L, 1L, 1L), List.of(2L, 1L, 2L), List.of(3L, 0L, 0L));
    }

    @Test
    void aggregate_ofCalculation_overOneRelation() {
        ask(authors.annotate("x", Agg.sum(F.of("books__pages").times(F.of("books__id"))))
                        .values("id", "x")
                        .orderBy("id"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT sum((\"book\".\"pages\" * \"book\".\"id\")) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" ORDER BY \"author\".\"id\"")
                .binds()
                .rows(
                        List.of(1L, 500L),
                        List.of(2L, 900L),
                        List.of(3L, 400L),
                        List.of(4L, 250L),
                        Arrays.asList(5L, null));
        ask(authors.annotate("x", Agg.sum(F.of("books__pages").minus(F.of("age"))))
                        .values("id", "x")
                        .orderBy("id")
                        .limit(2))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT sum((\"book\".\"pages\" - \"author\".\"age\")) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?")
                .binds(2L)
                .rows(List.of(1L, 220L), List.of(2L, 270L));
        ask(authors.annotate(
                                "x",
                                Agg.sum(Case.when(Q.of("books__pages__gt", 100), 1)
                                        .otherwise(0)))
                        .values("id", "x")
                        .orderBy("id")
                        .limit(3))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT sum(CASE WHEN \"book\".\"pages\" > ? THEN ? ELSE ? END) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?")
                .binds(100L, 1L, 0L, 3L)
                .rows(List.of(1L, 1L), List.of(2L, 1L), List.of(3L, 0L));
    }

    @Test
    void aggregate_ofAggregates_calculates() {
        gives(
                books.aggregate("d", Agg.max("pages").minus(Agg.min("pages"))).map(row -> row.get("d")),
                List.of("SELECT (max(\"book\".\"pages\") - min(\"book\".\"pages\")) FROM \"book\""),
                250L);
        gives(
                books.aggregate("n", Agg.count(), "t", Agg.count("tags").distinct(), "r", Agg.count("reviews"))
                        .map(row -> row.asMap().toString()),
                List.of(
                        "SELECT count(*), (SELECT count(DISTINCT \"book_tag\".\"tag_id\") FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\"), coalesce(sum((SELECT count(*) FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\")), 0) FROM \"book\""),
                "{n=5, t=3, r=6}");
    }

    @Test
    void groupsOfSeveralRows_countTheirPairs() {
        ask(books.values("tags__name")
                        .annotate("n", Agg.count("tags"), "p", Agg.sum("pages"))
                        .orderBy("-n", "tags__name"))
                .sql(
                        "SELECT \"tag\".\"name\", count(\"book_tag\".\"tag_id\"), sum(\"book\".\"pages\") FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\" LEFT JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" GROUP BY \"tag\".\"name\" ORDER BY count(\"book_tag\".\"tag_id\") DESC, \"tag\".\"name\"")
                .binds()
                .rows(
                        List.of("java", 3L, 350L),
                        List.of("sql", 2L, 400L),
                        List.of("web", 1L, 300L),
                        Arrays.asList(null, 0L, 100L));
    }

    @Test
    void histogram_ofAnAnnotation() {
        ask(authors.annotate("n", Agg.count("books"))
                        .values("n")
                        .annotate("c", Agg.count("id"))
                        .orderBy("n"))
                .sql(
                        "SELECT (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"), count(\"author\".\"id\") FROM \"author\" GROUP BY (SELECT count(*) FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") ORDER BY (SELECT count(*) FROM \"book\" AS \"book_3\" WHERE \"book_3\".\"author_id\" = \"author\".\"id\")")
                .binds()
                .rows(List.of(0L, 1L), List.of(1L, 3L), List.of(2L, 1L));
        ask(books.annotate("r", Window.rank().orderBy("pages"))
                        .values("r")
                        .annotate("c", Agg.count("id"))
                        .orderBy("r"))
                .sql(
                        "SELECT \"q\".\"r\", count(\"q\".\"id\") FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", rank() OVER (ORDER BY \"book\".\"pages\") AS \"r\" FROM \"book\") AS \"q\" GROUP BY \"q\".\"r\" ORDER BY \"q\".\"r\"")
                .binds()
                .rows(List.of(1L, 1L), List.of(2L, 2L), List.of(4L, 1L), List.of(5L, 1L));
    }

    @Test
    void groups_areWindowed() {
        ask(books.values("author")
                        .annotate("p", Agg.sum("pages"))
                        .annotate("r", Window.rank().orderBy("-p"))
                        .filter("r", 1)
                        .orderBy("author"))
                .sql(
                        "SELECT \"q\".\"author\", \"q\".\"p\", \"q\".\"r\" FROM (SELECT \"book\".\"author_id\" AS \"author\", sum(\"book\".\"pages\") AS \"p\", rank() OVER (ORDER BY sum(\"book\".\"pages\") DESC) AS \"r\" FROM \"book\" GROUP BY \"book\".\"author_id\") AS \"q\" WHERE \"q\".\"r\" = ? ORDER BY \"q\".\"author\"")
                .binds(1L)
                .rows(List.of(1L, 300L, 1L), List.of(2L, 300L, 1L));
    }

    @Test
    void windows_lookAtWindows() {
        ask(books.annotate("r", Window.rowNumber().orderBy("id"))
                        .annotate("s", Window.of(Agg.sum("r")).orderBy("id"))
                        .values("id", "s")
                        .orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", sum(\"q\".\"r\") OVER (ORDER BY \"q\".\"id\") FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (ORDER BY \"book\".\"id\") AS \"r\" FROM \"book\") AS \"q\" ORDER BY \"q\".\"id\"")
                .binds()
                .rows(List.of(1L, 1L), List.of(2L, 3L), List.of(3L, 6L), List.of(4L, 10L), List.of(5L, 15L));
        gives(
                books.annotate("r", Window.rowNumber().orderBy("id"))
                        .aggregate("m", Agg.max("r"))
                        .map(row -> row.get("m")),
                List.of(
                        "SELECT max(\"q\".\"r\") FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (ORDER BY \"book\".\"id\") AS \"r\" FROM \"book\") AS \"q\""),
                5L);
    }

    @Test
    void windows_haveFrames() {
        ask(books.annotate("s", Window.of(Agg.sum("pages")).orderBy("id").rows(-1L, 0L))
                        .values("id", "s")
                        .orderBy("id"))
                .sql(
                        "SELECT \"book\".\"id\", sum(\"book\".\"pages\") OVER (ORDER BY \"book\".\"id\" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM \"book\" ORDER BY \"book\".\"id\"")
                .binds()
                .rows(List.of(1L, 100L), List.of(2L, 300L), List.of(3L, 500L), List.of(4L, 400L), List.of(5L, 150L));
        ask(books.annotate("d", F.of("pages").minus(Window.lag("pages", 1).orderBy("id")))
                        .filter("d__gt", 0)
                        .orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"title\", \"q\".\"author_id\", \"q\".\"publisher_id\", \"q\".\"pages\", \"q\".\"published\", \"q\".\"created\", \"q\".\"d\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", (\"book\".\"pages\" - lag(\"book\".\"pages\", ?) OVER (ORDER BY \"book\".\"id\")) AS \"d\" FROM \"book\") AS \"q\" WHERE \"q\".\"d\" > ? ORDER BY \"q\".\"id\"")
                .binds(1L, 0L)
                .keys(2L, 3L);
    }

    @Test
    void conditions_areValues() {
        ask(authors.annotate("wrote", Q.exists(books.filter("author", F.outer("id"))))
                        .values("id", "wrote")
                        .orderBy("-id")
                        .limit(2))
                .sql(
                        "SELECT \"author\".\"id\", (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")) FROM \"author\" ORDER BY \"author\".\"id\" DESC LIMIT ?")
                .binds(2L)
                .rows(List.of(5L, false), List.of(4L, true));
        ask(authors.annotate("wrote", Q.of("books__isnull", false)).filter("wrote", false))
                .sql(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\", (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")) FROM \"author\" WHERE (EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\")) = ?")
                .binds(0L)
                .keys(5L);
    }

    @Test
    void annotationNames_mayContainSeparators() {
        ask(authors.annotate("books__n", Agg.count("books"))
                        .filter("books__n__gte", 2)
                        .values("books__n"))
                .sql(
                        "SELECT (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE (SELECT count(*) FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\") >= ?")
                .binds(2L)
                .rows(List.of(2L));
    }

    @Test
    void annotate_afterSliceAndUnion() {
        ask(authors.orderBy("-id").limit(2).annotate("n", Agg.count("books")).values("id", "n"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" ORDER BY \"author\".\"id\" DESC LIMIT ?")
                .binds(2L)
                .rows(List.of(5L, 0L), List.of(4L, 1L));
        ask(authors.filter("id", 1)
                        .union(authors.filter("id", 5))
                        .annotate("n", Agg.count("books"))
                        .orderBy("id")
                        .values("id", "n"))
                .sql(
                        "SELECT \"q\".\"id\", (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"q\".\"id\") FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?) AS \"q\" ORDER BY \"q\".\"id\"")
                .binds(1L, 5L)
                .rows(List.of(1L, 2L), List.of(5L, 0L));
        ask(authors.filter("id", 1).union(authors.filter("id", 2)).filter("mentor__name", "Ann"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ?) AS \"q\" JOIN \"author\" ON \"author\".\"id\" = \"q\".\"mentor_id\" WHERE \"author\".\"name\" = ?")
                .binds(1L, 2L, "Ann")
                .keys(2L);
    }

    @Test
    void groupConcat_joinsTexts() {
        ask(books.annotate("t", Agg.groupConcat("tags__name", "+"))
                        .values("id", "t")
                        .orderBy("id")
                        .limit(4))
                .sql(
                        "SELECT \"book\".\"id\", (SELECT group_concat(\"tag\".\"name\", ?) FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\") FROM \"book\" ORDER BY \"book\".\"id\" LIMIT ?")
                .binds("+", 4L)
                .rows(List.of(1L, "java+sql"), List.of(2L, "java"), List.of(3L, "sql+web"), Arrays.asList(4L, null));
        refuses(
                () -> books.annotate("t", Agg.groupConcat("tags__name", "+").distinct()),
                InvalidQueryException.class,
                "only with \",\"");
    }

    @Test
    void rowOfRelation_isItsKey() {
        ask(authors.filter("books", row("book")))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"id\" = ?)")
                .binds(1L)
                .keys(1L);
        ask(books.filter("tags__in", List.of(row("tag"))))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"book_tag\".\"tag_id\" IN (SELECT value FROM json_each(?)))")
                .binds("[1]")
                .keys(1L, 2L, 5L);
        ask(authors.filter("books__in", books.filter("pages", 300)))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\" WHERE \"book\".\"pages\" = ?))")
                .binds(300L)
                .keys(2L);
        ask(authors.filter("profile__isnull", true).orderBy("id"))
                .tail(
                        "\"author\" LEFT JOIN \"profile\" ON \"profile\".\"author_id\" = \"author\".\"id\" WHERE \"profile\".\"id\" IS NULL ORDER BY \"author\".\"id\"")
                .binds()
                .keys(3L, 4L, 5L);
        ask(authors.filter("profile__bio", "p2"))
                .tail(
                        "\"author\" JOIN \"profile\" ON \"profile\".\"author_id\" = \"author\".\"id\" WHERE \"profile\".\"bio\" = ?")
                .binds("p2")
                .keys(2L);
    }

    @Test
    void combine_keepsItsLimitsHonest() {
        refuses(
                () -> books.values("pages").annotate("n", Agg.count("id")).or(books),
                InvalidQueryException.class,
                "not rows");
        refuses(
                () -> authors.annotate("r", Window.rank().orderBy("age"))
                        .filter("r", 1)
                        .or(authors),
                InvalidQueryException.class,
                "Annotate after or");
    }

    @Test
    void key_ofAJoinedRow_isNotTheKeyOfTheRow() {
        ask(authors.values("mentor__id", "name").filter("id", 4))
                .sql("SELECT \"author\".\"mentor_id\", \"author\".\"name\" FROM \"author\" WHERE \"author\".\"id\" = ?")
                .binds(4L)
                .rows(List.of(2L, "Éva"));
    }
}
