package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** The semantics of writes of one statement: text, binds, rows and number of statements. */
final class WriteSemanticsTests extends LibraryTestCase {

    private List<@Nullable Object> column(String sql) {
        List<@Nullable Object> values = new ArrayList<>();
        library.jdbc(sql).forEach(row -> values.add(row.get(0)));
        return values;
    }

    private List<@Nullable Object> pages() {
        return column("SELECT pages FROM book ORDER BY id");
    }

    @SemanticsRow(35)
    @Test
    void get_asksForTwentyOne() {
        run(authors.orderBy("age").get("id", 1).map(Row::pk))
                .statement(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? LIMIT ?",
                        1L,
                        21L)
                .gives(1L);
        StepVerifier.create(authors.get("id", 99))
                .expectErrorSatisfies(error -> assertThat(error).isExactlyInstanceOf(NotFoundException.class))
                .verify(Fixture.PATIENCE);
        StepVerifier.create(authors.get("age", 30))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(MultipleObjectsException.class)
                        .hasMessage("get() expects one row of author, 2 match."))
                .verify(Fixture.PATIENCE);
        refuses(() -> authors.orderBy("id").slice(0, 1).get("age", 40), InvalidQueryException.class, "after a slice");
    }

    @SemanticsRow(37)
    @Test
    void update_computesFromTheRow() {
        run(books.filter("id", 1).update("pages", F.of("pages").plus(1)))
                .statement("UPDATE \"book\" SET \"pages\" = (\"book\".\"pages\" + ?) WHERE \"book\".\"id\" = ?", 1L, 1L)
                .gives(1L);
        assertThat(pages()).containsExactly(101, 200, 300, 100, 50);
    }

    @SemanticsRow(38)
    @Test
    void update_throughJoins_findsKeysFirst() {
        run(books.filter("author__name", "Ann").update("pages", 1))
                .statement(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"author\".\"name\" = ?)",
                        1L,
                        "Ann")
                .gives(2L);
        assertThat(pages()).containsExactly(1, 1, 300, 100, 50);
        refuses(() -> books.update("title", F.of("author__name")), InvalidQueryException.class, "Subquery.of");
    }

    @SemanticsRow(39)
    @Test
    void update_overSeveralRows_isExists() {
        run(books.filter("tags__name", "java").update("pages", 1))
                .statement(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?)",
                        1L,
                        "java")
                .gives(3L);
        assertThat(pages()).containsExactly(1, 1, 300, 100, 1);
    }

    @SemanticsRow(40)
    @Test
    void update_ofSlice_needsAnOrder() {
        run(books.orderBy("id").slice(0, 2).update("pages", 1))
                .statement(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\" ORDER BY \"book\".\"id\" LIMIT ?)",
                        1L,
                        2L)
                .gives(2L);
        assertThat(pages()).containsExactly(1, 1, 300, 100, 50);
        refuses(() -> books.slice(0, 2).update("pages", 1), InvalidQueryException.class, "without an order");
        refuses(() -> reviews.slice(0, 1).delete(), InvalidQueryException.class, "without an order");
    }

    @SemanticsRow(41)
    @Test
    void update_ofDistinctRows_isPlain() {
        run(books.distinct().update("pages", 3))
                .statement("UPDATE \"book\" SET \"pages\" = ?", 3L)
                .gives(5L);
        assertThat(pages()).containsOnly(3);
        gives(reviews.distinct().delete(), List.of("DELETE FROM \"review\""), Deleted.of("review", 6));
        refuses(() -> books.values("pages").distinct().update("pages", 3), InvalidQueryException.class, "after values");
        refuses(() -> books.distinctOn("author").update("pages", 3), InvalidQueryException.class, "distinctOn");
        refuses(() -> books.distinctOn("author").delete(), InvalidQueryException.class, "distinctOn");
    }

    @SemanticsRow(42)
    @Test
    void update_fromSubQueryAndCase() {
        run(authors.update(
                        "age",
                        Subquery.of(books.filter("author", F.outer("id"))
                                .orderBy("-pages")
                                .limit(1)
                                .values("pages"))))
                .statement(
                        "UPDATE \"author\" SET \"age\" = (SELECT \"book\".\"pages\" FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" ORDER BY \"book\".\"pages\" DESC LIMIT ?)",
                        1L)
                .gives(5L);
        assertThat(column("SELECT age FROM author ORDER BY id")).containsExactly(200, 300, 100, 50, null);
        run(books.update("pages", Case.when(Q.of("pages__gte", 200), 1).otherwise(0)))
                .statement(
                        "UPDATE \"book\" SET \"pages\" = CASE WHEN \"book\".\"pages\" >= ? THEN ? ELSE ? END",
                        200L,
                        1L,
                        0L)
                .gives(5L);
        assertThat(pages()).containsExactly(0, 1, 1, 0, 0);
    }

    @SemanticsRow(46)
    @Test
    void delete_ofValues_isRefused() {
        refuses(() -> reviews.values("id").delete(), InvalidQueryException.class, "after values");
    }
}
