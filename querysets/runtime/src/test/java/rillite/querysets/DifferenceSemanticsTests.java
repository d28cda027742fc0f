package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The semantics of the deliberate differences from Django: text, binds, rows and number of statements. */
final class DifferenceSemanticsTests extends LibraryTestCase {

    @Test
    void d1_filterOverSeveralRows_keepsEachParentOnce() {
        ask(authors.filter("books__pages__gt", 1).orderBy("id"))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > ?) ORDER BY \"author\".\"id\"")
                .binds(1L)
                .keys(1L, 2L, 3L, 4L);
        run(authors.filter("books__pages__gt", 1).count())
                .statement(
                        "SELECT count(*) FROM \"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" > ?)",
                        1L)
                .gives(4L);
    }

    @Test
    void d2_exclude_isTheComplementOfFilter() {
        ask(authors.filter("books__pages", 100, "books__title", "A1").orderBy("id"))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" = ? AND \"book\".\"title\" = ?) ORDER BY \"author\".\"id\"")
                .binds(100L, "A1")
                .keys(1L);
        ask(authors.exclude("books__pages", 100, "books__title", "A1").orderBy("id"))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" = ? AND \"book\".\"title\" = ?)) ORDER BY \"author\".\"id\"")
                .binds(100L, "A1")
                .keys(2L, 3L, 4L, 5L);
    }

    @Test
    void d3_notInSubQuery_losesItsNulls() {
        ask(books.exclude("publisher__in", books.filter("id__gte", 3).values("publisher"))
                        .orderBy("id"))
                .tail(
                        "\"book\" WHERE (\"book\".\"publisher_id\" IN (SELECT \"book\".\"publisher_id\" FROM \"book\" WHERE \"book\".\"id\" >= ? AND \"book\".\"publisher_id\" IS NOT NULL)) IS NOT TRUE ORDER BY \"book\".\"id\"")
                .binds(3L)
                .keys(2L, 3L, 5L);
        ask(authors.exclude("id__in", authors.orderBy("-id").limit(3).values("mentor"))
                        .orderBy("id"))
                .tail(
                        "\"author\" WHERE (\"author\".\"id\" IN (SELECT \"q\".\"c0\" FROM (SELECT \"author\".\"mentor_id\" AS \"c0\" FROM \"author\" ORDER BY \"author\".\"id\" DESC LIMIT ?) AS \"q\" WHERE \"q\".\"c0\" IS NOT NULL)) IS NOT TRUE ORDER BY \"author\".\"id\"")
                .binds(3L)
                .keys(3L, 4L, 5L);
    }

    @Test
    void d4_containsStartsEnds_seeCase() {
        ask(authors.filter("name__startswith", "ANN"))
                .tail("\"author\" WHERE \"author\".\"name\" >= ? AND \"author\".\"name\" < ?")
                .binds("ANN", "ANO")
                .keys();
        ask(authors.filter("name__endswith", "NN"))
                .tail("\"author\" WHERE substr(\"author\".\"name\", ?) = ?")
                .binds(-2L, "NN")
                .keys();
        ask(authors.filter("name__contains", "NN"))
                .tail("\"author\" WHERE instr(\"author\".\"name\", ?) > 0")
                .binds("NN")
                .keys();
    }

    @Test
    void d5_ignoringCase_foldsUnicode() {
        ask(authors.filter("name__istartswith", "ÉV"))
                .tail("\"author\" WHERE substr(replace(lower(\"author\".\"name\"), ?, ?), 1, ?) = ?")
                .binds("É", "é", 2L, "év")
                .keys(4L);
        ask(authors.filter("name__iendswith", "évA"))
                .tail("\"author\" WHERE substr(replace(lower(\"author\".\"name\"), ?, ?), ?) = ?")
                .binds("É", "é", -3L, "éva")
                .keys(4L);
    }

    @Test
    void d6_twoAggregates_areTwoSelects() {
        ask(authors.annotate("p", Agg.sum("books__pages"), "m", Agg.count("mentees"))
                        .values("id", "p", "m")
                        .orderBy("id")
                        .limit(2))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT sum(\"book\".\"pages\") FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"), (SELECT count(*) FROM \"author\" AS \"author_2\" WHERE \"author_2\".\"mentor_id\" = \"author\".\"id\") FROM \"author\" ORDER BY \"author\".\"id\" LIMIT ?")
                .binds(2L)
                .rows(List.of(1L, 300L, 2L), List.of(2L, 300L, 1L));
    }

    @Test
    void d7_callOrder_doesNotChangeNumbers() {
        ask(authors.filter("books__tags__name", "sql")
                        .annotate("n", Agg.count("books__tags"))
                        .values("id", "n")
                        .orderBy("id"))
                .sql(
                        "SELECT \"author\".\"id\", (SELECT count(\"book_tag\".\"tag_id\") FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\" WHERE \"book\".\"author_id\" = \"author\".\"id\") FROM \"author\" WHERE EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND EXISTS (SELECT 1 FROM \"book_tag\" AS \"book_tag_2\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag_2\".\"tag_id\" WHERE \"book_tag_2\".\"book_id\" = \"book_2\".\"id\" AND \"tag\".\"name\" = ?)) ORDER BY \"author\".\"id\"")
                .binds("sql")
                .rows(List.of(1L, 3L), List.of(2L, 2L));
    }

    @Test
    void d8_orderBySeveralRows_onlyWhereValuesReadThem() {
        ask(books.values("id", "tags__name").orderBy("id", "-tags__id").limit(2))
                .sql(
                        "SELECT \"book\".\"id\", \"tag\".\"name\" FROM \"book\" LEFT JOIN \"book_tag\" ON \"book_tag\".\"book_id\" = \"book\".\"id\" LEFT JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" ORDER BY \"book\".\"id\", \"book_tag\".\"tag_id\" DESC LIMIT ?")
                .binds(2L)
                .rows(List.of(1L, "sql"), List.of(1L, "java"));
        refuses(() -> books.orderBy("tags__id"), InvalidQueryException.class, "Agg.min");
    }

    @Test
    void d9_distinctOn_worksOnSqlite() {
        ask(books.filter("publisher__isnull", false)
                        .orderBy("-pages", "id")
                        .distinctOn("publisher")
                        .orderBy("id"))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"title\", \"q\".\"author_id\", \"q\".\"publisher_id\", \"q\".\"pages\", \"q\".\"published\", \"q\".\"created\" FROM (SELECT \"book\".\"id\", \"book\".\"title\", \"book\".\"author_id\", \"book\".\"publisher_id\", \"book\".\"pages\", \"book\".\"published\", \"book\".\"created\", row_number() OVER (PARTITION BY \"book\".\"publisher_id\" ORDER BY \"book\".\"pages\" DESC, \"book\".\"id\") AS \"hidden 7\" FROM \"book\" WHERE \"book\".\"publisher_id\" IS NOT NULL) AS \"q\" WHERE \"q\".\"hidden 7\" = 1 ORDER BY \"q\".\"id\"")
                .binds()
                .keys(1L, 2L);
    }

    @Test
    void d10_slicesAreWritten_whenOrdered() {
        run(reviews.orderBy("-id").limit(2).delete().map(Deleted::total))
                .statement(
                        "DELETE FROM \"review\" WHERE \"review\".\"id\" IN (SELECT \"review\".\"id\" FROM \"review\" ORDER BY \"review\".\"id\" DESC LIMIT ?)",
                        2L)
                .gives(2L);
        run(reviews.orderBy("id").slice(1, 2).update("stars", 9))
                .statement(
                        "UPDATE \"review\" SET \"stars\" = ? WHERE \"review\".\"id\" IN (SELECT \"review\".\"id\" FROM \"review\" ORDER BY \"review\".\"id\" LIMIT ? OFFSET ?)",
                        9L,
                        1L,
                        1L)
                .gives(1L);
    }

    @Test
    void d11_setOperations_areQueries() {
        ask(authors.filter("id", 1)
                        .union(authors.filter("id__gte", 4))
                        .filter("age__lt", 35)
                        .orderBy("-id")
                        .limit(1))
                .sql(
                        "SELECT \"q\".\"id\", \"q\".\"name\", \"q\".\"email\", \"q\".\"age\", \"q\".\"mentor_id\" FROM (SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? UNION SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" >= ?) AS \"q\" WHERE \"q\".\"age\" < ? ORDER BY \"q\".\"id\" DESC LIMIT ?")
                .binds(1L, 4L, 35L, 1L)
                .keys(5L);
    }

    @Test
    void d12_streamWithPrefetch_hasChunksWithoutBeingAsked() {
        library.run("WITH RECURSIVE n(i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n WHERE i < 501)"
                + " INSERT INTO author (id, name) SELECT i, 'n' || i FROM n");
        String prefetch =
                "SELECT \"profile\".\"id\", \"profile\".\"author_id\", \"profile\".\"bio\" FROM \"profile\" WHERE \"profile\".\"author_id\" IN (SELECT value FROM json_each(?))";
        run(authors.orderBy("id").prefetchRelated("profile").flux().count())
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" ORDER BY \"author\".\"id\"")
                .statement(
                        prefetch,
                        LongStream.rangeClosed(1, 500)
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(",", "[", "]")))
                .statement(prefetch, "[501]")
                .gives(501L);
    }

    @Test
    void d13_bulkCreate_keepsTheOrderOfTheStream_andGivesOnlyWhatItInserted() {
        String insert = "INSERT INTO \"publisher\" (\"id\", \"name\") VALUES (?, ?)";
        String returning = " RETURNING \"publisher\".\"id\", \"publisher\".\"name\"";
        run(publishers
                        .bulkCreate(Flux.just(
                                Fields.of("name", "x"), Fields.of("id", 50, "name", "y"), Fields.of("name", "z")))
                        .rows()
                        .map(row -> row.asMap().toString()))
                .statementForEach(
                        insert + returning, Arrays.asList(null, "x"), List.of(50L, "y"), Arrays.asList(null, "z"))
                .gives("{id=3, name=x}", "{id=50, name=y}", "{id=51, name=z}");
        run(publishers
                        .bulkCreate(List.of(Fields.of("id", 60, "name", "new"), Fields.of("id", 50, "name", "dup")))
                        .onConflictIgnore()
                        .rows()
                        .map(Row::pk))
                .statementForEach(
                        insert + " ON CONFLICT DO NOTHING" + returning, List.of(60L, "new"), List.of(50L, "dup"))
                .gives(60L);
        assertThat(stored("publisher"))
                .endsWith(List.of(3, "x"), List.of(50, "y"), List.of(51, "z"), List.of(60, "new"));
    }

    @Test
    void d14_relationThatWasNotLoaded_isAnErrorThatNamesTheCall_andNoStatement() {
        Row book = row("book");
        assertThatThrownBy(() -> book.one("author"))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessage(
                        "The relation book.author was not loaded with this row. Add selectRelated(\"author\") to the"
                                + " query of book, or call db.load(rows, \"author\").");
        assertThatThrownBy(() -> book.list("tags"))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessage("The relation book.tags was not loaded with this row. Add prefetchRelated(\"tags\") to the"
                        + " query of book, or call db.load(rows, \"tags\").");
        assertThat(library.sent()).isEmpty();
        run(library.db
                        .load(List.of(book), "author")
                        .map(rows -> Objects.requireNonNull(rows.get(0).one("author"))
                                .pk()))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))",
                        "[1]")
                .gives(1L);
    }

    @Test
    void d15_unknownNames_throwWhereTheyStand() {
        refuses(() -> authors.orderBy("nmae"), UnknownFieldException.class, "Did you mean name?");
        refuses(() -> authors.update("nmae", 1), UnknownFieldException.class, "Did you mean name?");
        refuses(() -> authors.values("id").union(books.values("nmae")), UnknownFieldException.class, "Unknown field");
    }

    @Test
    void d16_getOrCreate_isOneConditionalInsert_soThatOnlyOneOfManyCreates() {
        library.jdbc("PRAGMA journal_mode = WAL");
        List<Created<Row>> all = Objects.requireNonNull(Flux.range(0, 20)
                .flatMap(
                        i -> publishers.getOrCreate(Fields.of("name", "race")).subscribeOn(Schedulers.parallel()),
                        access == Access.BARE ? 1 : 20)
                .collectList()
                .block(Fixture.PATIENCE));
        assertThat(all).filteredOn(Created::created).hasSize(1);
        assertThat(all).extracting(one -> one.value().pk()).containsOnly(3L);
        assertThat(stored("publisher")).containsExactly(List.of(1, "Pub1"), List.of(2, "Pub2"), List.of(3, "race"));
        assertThat(library.wired())
                .filteredOn(sent -> sent.sql().startsWith("INSERT"))
                .isNotEmpty()
                .allSatisfy(sent -> {
                    assertThat(sent.sql())
                            .isEqualTo(
                                    "INSERT INTO \"publisher\" (\"name\") SELECT ? WHERE NOT (EXISTS (SELECT 1 FROM \"publisher\" WHERE \"publisher\".\"name\" = ?)) RETURNING \"publisher\".\"id\", \"publisher\".\"name\"");
                    assertThat(sent.sets()).containsExactly(List.of("race", "race"));
                });
    }
}
