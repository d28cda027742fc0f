package rillite.querysets;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The semantics of slices, orders and terminals: text, binds, rows and number of statements. */
final class SliceSemanticsTests extends LibraryTestCase {

    @SemanticsRow(19)
    @Test
    void filterAndOrder_afterSlice_areRefused() {
        refuses(() -> authors.slice(0, 2).filter("id", 1), InvalidQueryException.class, "after a slice");
        refuses(() -> authors.slice(0, 2).orderBy("id"), InvalidQueryException.class, "after a slice");
    }

    @SemanticsRow(20)
    @Test
    void slices_areRelative() {
        ask(authors.orderBy("id").slice(1, 4).slice(1, 2))
                .tail("\"author\" ORDER BY \"author\".\"id\" LIMIT ? OFFSET ?")
                .binds(1L, 2L)
                .keys(3L);
        gives(authors.orderBy("id").slice(1, 4).slice(5), List.of());
        ask(authors.orderBy("id").slice(3))
                .tail("\"author\" ORDER BY \"author\".\"id\" LIMIT -1 OFFSET ?")
                .binds(3L)
                .keys(4L, 5L);
        gives(authors.slice(0, 0), List.of());
    }

    @SemanticsRow(21)
    @Test
    void slice_fromTheEnd_isRefused() {
        refuses(() -> authors.slice(-1), InvalidQueryException.class, "reverse()");
    }

    @SemanticsRow(22)
    @Test
    void slice_insideIn_keepsItsOrder() {
        ask(books.filter("author__in", authors.orderBy("-id").slice(0, 2)))
                .tail(
                        "\"book\" WHERE \"book\".\"author_id\" IN (SELECT \"author\".\"id\" FROM \"author\" ORDER BY \"author\".\"id\" DESC LIMIT ?)")
                .binds(2L)
                .keys(5L);
        ask(books.filter("author__in", authors.orderBy("-id")))
                .tail("\"book\" WHERE \"book\".\"author_id\" IN (SELECT \"author\".\"id\" FROM \"author\")")
                .binds()
                .keys(1L, 2L, 3L, 4L, 5L);
    }

    @SemanticsRow(23)
    @Test
    void orderBy_severalRows_isRefused() {
        refuses(
                () -> authors.distinct().orderBy("books__pages"),
                InvalidQueryException.class,
                "Agg.min(\"books__pages\")");
    }

    @SemanticsRow(24)
    @Test
    void distinct_withAnotherOrder_readsItToo() {
        ask(books.values("pages").distinct().orderBy("title"))
                .sql("SELECT DISTINCT \"book\".\"pages\", \"book\".\"title\" FROM \"book\" ORDER BY \"book\".\"title\"")
                .binds()
                .rows(List.of(50L), List.of(100L), List.of(200L), List.of(300L), List.of(100L));
    }

    @SemanticsRow(25)
    @Test
    void distinctOn_keepsTheFirstOfEach() {
        ask(books.distinctOn("author"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"title\", \"q\".\"author_id\", \"q\".\"publisher_id\", \"q\".\"pages\", \"q\".\"published\", \"q\".\"created\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (PARTITION BY \"book\".\"author_id\" ORDER BY \"book\".\"id\") AS \"hidden 7\" FROM \"book\") AS \"q\" WHERE \"q\".\"hidden 7\" = 1")
                .binds()
                .keys(1L, 3L, 4L, 5L);
        ask(books.orderBy("-pages").distinctOn("author").orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"title\", \"q\".\"author_id\", \"q\".\"publisher_id\", \"q\".\"pages\", \"q\".\"published\", \"q\".\"created\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (PARTITION BY \"book\".\"author_id\" ORDER BY \"book\".\"pages\" DESC) AS \"hidden 7\" FROM \"book\") AS \"q\" WHERE \"q\".\"hidden 7\" = 1 ORDER BY \"q\".\"id\"")
                .binds()
                .keys(2L, 3L, 4L, 5L);
    }

    @SemanticsRow(26)
    @Test
    void count_ofDistinctRows_isPlain() {
        run(books.filter("tags__name__in", List.of("java", "sql")).distinct().count())
                .statement(
                        "SELECT count(*) FROM \"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" IN (SELECT value FROM json_each(?)))",
                        "[\"java\",\"sql\"]")
                .gives(4L);
    }

    @SemanticsRow(27)
    @Test
    void count_ofSlice_isCountedOutside() {
        run(authors.slice(1, 3).count())
                .statement("SELECT count(*) FROM (SELECT 1 FROM \"author\" LIMIT ? OFFSET ?)", 2L, 1L)
                .gives(2L);
        run(authors.slice(10).count())
                .statement("SELECT count(*) FROM (SELECT 1 FROM \"author\" LIMIT -1 OFFSET ?)", 10L)
                .gives(0L);
    }

    @SemanticsRow(29)
    @Test
    void count_dropsAnnotationsThatNobodyUses() {
        gives(authors.annotate("n", Agg.count("books")).count(), List.of("SELECT count(*) FROM \"author\""), 5L);
        run(authors.annotate("n", Agg.count("books")).filter("n__gt", 0).count())
                .statement(
                        "SELECT count(*) FROM \"author\" WHERE (SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\") > ?",
                        0L)
                .gives(4L);
    }

    @SemanticsRow(30)
    @Test
    void exists_dropsOrderKeepsSlice() {
        run(authors.filter("age", 30).orderBy("name").exists())
                .statement("SELECT (EXISTS (SELECT 1 FROM \"author\" WHERE \"author\".\"age\" = ?))", 30L)
                .gives(true);
        run(authors.slice(10).exists())
                .statement("SELECT (EXISTS (SELECT 1 FROM \"author\" LIMIT -1 OFFSET ?))", 10L)
                .gives(false);
    }

    @SemanticsRow(31)
    @Test
    void firstAndLast_withoutOrder_takeTheKey() {
        run(authors.filter("age", 30).first().map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"age\" = ? ORDER BY \"author\".\"id\" LIMIT ?",
                        30L,
                        1L)
                .gives(2L);
        run(authors.filter("age", 30).last().map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"age\" = ? ORDER BY \"author\".\"id\" DESC LIMIT ?",
                        30L,
                        1L)
                .gives(4L);
        run(authors.filter("id", 99).first().map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? ORDER BY \"author\".\"id\" LIMIT ?",
                        99L,
                        1L)
                .gives();
    }

    @SemanticsRow(32)
    @Test
    void last_turnsEveryTerm() {
        run(authors.orderBy("age", "id").last().map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"age\" DESC, \"author\".\"id\" DESC LIMIT ?",
                        1L)
                .gives(1L);
        run(authors.orderBy(F.of("age").asc().nullsLast()).last().map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"age\" DESC NULLS FIRST LIMIT ?",
                        1L)
                .gives(3L);
    }

    @SemanticsRow(33)
    @Test
    void last_ofSlice_isRefused() {
        refuses(() -> authors.orderBy("id").slice(0, 2).last(), InvalidQueryException.class, "after a slice");
        refuses(() -> authors.slice(0, 2).reverse(), InvalidQueryException.class, "after a slice");
    }

    @SemanticsRow(34)
    @Test
    void reverse_turnsNulls() {
        ask(authors.orderBy(F.of("age").asc().nullsFirst(), F.of("id").asc()).reverse())
                .tail("\"author\" ORDER BY \"author\".\"age\" DESC NULLS LAST, \"author\".\"id\" DESC")
                .binds()
                .keys(1L, 4L, 2L, 5L, 3L);
    }

    @SemanticsRow(36)
    @Test
    void inBulk_isOneStatement() {
        run(authors.inBulk(List.of(3, 1, 99, 1)).map(Map::keySet).map(Object::toString))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))",
                        "[3,1,99]")
                .gives("[1, 3]");
        gives(authors.inBulk(List.of()).map(Map::size), List.of(), 0L);
        run(authors.inBulk(LongStream.range(0, 2500).boxed().toList()).map(Map::size))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))",
                        LongStream.range(0, 2500).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]")))
                .gives(5L);
        refuses(() -> authors.inBulk("age", List.of(30)), InvalidQueryException.class, "unique");
        refuses(() -> authors.slice(0, 1).inBulk(List.of(1)), InvalidQueryException.class, "after a slice");
    }

    @SemanticsRow(88)
    @Test
    void partsOfUnion_keepTheirSlices() {
        ask(authors.orderBy("id")
                        .slice(0, 1)
                        .union(authors.orderBy("-id").slice(0, 1))
                        .orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT * FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?) UNION SELECT * FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"id\" DESC LIMIT ?)) AS \"q\" ORDER BY \"q\".\"id\"")
                .binds(1L, 1L)
                .keys(1L, 5L);
        ask(authors.orderBy("id").union(authors.orderBy("-id")).orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\") AS \"q\" ORDER BY \"q\".\"id\"")
                .binds()
                .keys(1L, 2L, 3L, 4L, 5L);
    }

    @SemanticsRow(91)
    @Test
    void nulls_comeFirstUnlessAsked() {
        ask(authors.orderBy("age", "id"))
                .tail("\"author\" ORDER BY \"author\".\"age\", \"author\".\"id\"")
                .binds()
                .keys(3L, 5L, 2L, 4L, 1L);
        ask(authors.orderBy(F.of("age").asc().nullsLast(), F.of("id").asc()))
                .tail("\"author\" ORDER BY \"author\".\"age\" NULLS LAST, \"author\".\"id\"")
                .binds()
                .keys(5L, 2L, 4L, 1L, 3L);
    }

    @SemanticsRow(92)
    @Test
    void orderBy_severalRows_namesTheAggregate() {
        refuses(() -> authors.orderBy("books__pages", "id"), InvalidQueryException.class, "Agg.min(\"books__pages\")");
        ask(authors.orderBy(Agg.min("books__pages").asc(), F.of("id").asc()))
                .tail(
                        "\"author\" ORDER BY (SELECT min(\"book\".\"pages\") FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"), \"author\".\"id\"")
                .binds()
                .keys(5L, 4L, 1L, 3L, 2L);
    }

    @SemanticsRow(93)
    @Test
    void orderBy_unknownOrHostile_isUnknown() {
        refuses(() -> authors.orderBy("nope"), UnknownFieldException.class, "Unknown field \"nope\"");
        refuses(() -> authors.orderBy("name; drop"), UnknownFieldException.class, "name; drop");
    }

    @SemanticsRow(111)
    @Test
    void none_neverAsks() {
        gives(authors.none(), List.of());
        gives(authors.none().count(), List.of(), 0L);
        gives(authors.none().exists(), List.of(), false);
        gives(authors.none().update("age", 1), List.of(), 0L);
        gives(authors.none().delete(), List.of(), Deleted.NONE);
        gives(authors.none().first().map(Row::pk), List.of());
    }
}
