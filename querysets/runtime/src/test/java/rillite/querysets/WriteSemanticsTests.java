package rillite.querysets;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The semantics of writes of one statement: text, binds, rows and number of statements. */
final class WriteSemanticsTests extends LibraryTestCase {

    @SemanticsRow(35)
    @Test
    void get_asksForTwentyOne() {
        gives(
                authors.get("id", 1).map(Row::pk),
                List.of(
                        "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"id\" = ? LIMIT ?"),
                1L);
        refuses(() -> authors.orderBy("id").slice(0, 1).get("age", 40), InvalidQueryException.class, "after a slice");
    }

    @SemanticsRow(37)
    @Test
    void update_computesFromTheRow() {
        gives(
                books.filter("id", 1).update("pages", F.of("pages").plus(1)),
                List.of("UPDATE \"book\" SET \"pages\" = (\"book\".\"pages\" + ?) WHERE \"book\".\"id\" = ?"),
                1L);
    }

    @SemanticsRow(38)
    @Test
    void update_throughJoins_findsKeysFirst() {
        gives(
                books.filter("author__name", "Ann").update("pages", 1),
                List.of(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"author\".\"name\" = ?)"),
                2L);
        refuses(() -> books.update("title", F.of("author__name")), InvalidQueryException.class, "Subquery.of");
    }

    @SemanticsRow(39)
    @Test
    void update_overSeveralRows_isExists() {
        gives(
                books.filter("tags__name", "java").update("pages", 1),
                List.of(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?)"),
                3L);
    }

    @SemanticsRow(40)
    @Test
    void update_ofSlice_needsAnOrder() {
        gives(
                books.orderBy("id").slice(0, 2).update("pages", 1),
                List.of(
                        "UPDATE \"book\" SET \"pages\" = ? WHERE \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\" ORDER BY \"book\".\"id\" LIMIT ?)"),
                2L);
        refuses(() -> books.slice(0, 2).update("pages", 1), InvalidQueryException.class, "without an order");
        refuses(() -> reviews.slice(0, 1).delete(), InvalidQueryException.class, "without an order");
    }

    @SemanticsRow(41)
    @Test
    void update_ofDistinctRows_isPlain() {
        gives(books.distinct().update("pages", 3), List.of("UPDATE \"book\" SET \"pages\" = ?"), 5L);
        refuses(() -> books.values("pages").distinct().update("pages", 3), InvalidQueryException.class, "after values");
    }

    @SemanticsRow(42)
    @Test
    void update_fromSubQueryAndCase() {
        gives(
                authors.update(
                        "age",
                        Subquery.of(books.filter("author", F.outer("id"))
                                .orderBy("-pages")
                                .limit(1)
                                .values("pages"))),
                List.of(
                        "UPDATE \"author\" SET \"age\" = (SELECT \"book\".\"pages\" FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" ORDER BY \"book\".\"pages\" DESC LIMIT ?)"),
                5L);
        gives(
                books.update("pages", Case.when(Q.of("pages__gte", 200), 1).otherwise(0)),
                List.of("UPDATE \"book\" SET \"pages\" = CASE WHEN \"book\".\"pages\" >= ? THEN ? ELSE ? END"),
                5L);
    }

    @SemanticsRow(46)
    @Test
    void delete_ofValues_isRefused() {
        refuses(() -> reviews.values("id").delete(), InvalidQueryException.class, "after values");
    }
}
