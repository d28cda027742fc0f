package rillite.querysets;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The semantics of conditions: text, binds, rows and number of statements. */
final class ConditionSemanticsTests extends LibraryTestCase {

    @SemanticsRow(1)
    @Test
    void exclude_onNullableColumn_keepsRowsWithoutValue() {
        ask(authors.exclude("email", "ann@x.org"))
                .tail("\"author\" WHERE (\"author\".\"email\" = ?) IS NOT TRUE")
                .binds("ann@x.org")
                .keys(2L, 3L, 4L, 5L);
    }

    @SemanticsRow(2)
    @Test
    void exclude_ofTwoConditions_isTheComplementOfBoth() {
        ask(authors.exclude("email", "ann@x.org", "age", 30))
                .tail("\"author\" WHERE (\"author\".\"email\" = ? AND \"author\".\"age\" = ?) IS NOT TRUE")
                .binds("ann@x.org", 30L)
                .keys(1L, 2L, 3L, 4L, 5L);
    }

    @SemanticsRow(3)
    @Test
    void not_besideIsNotNull_dropsOnlyTheMatch() {
        ask(authors.filter(Q.of("email", "ann@x.org").not(), Q.of("email__isnull", false)))
                .tail("\"author\" WHERE (\"author\".\"email\" = ?) IS NOT TRUE AND \"author\".\"email\" IS NOT NULL")
                .binds("ann@x.org")
                .keys(2L, 4L);
    }

    @SemanticsRow(4)
    @Test
    void exclude_ofTextOrderAndList_keepsRowsWithoutValue() {
        ask(authors.exclude("email__endswith", "@spam.com"))
                .tail("\"author\" WHERE (substr(\"author\".\"email\", ?) = ?) IS NOT TRUE")
                .binds(-9L, "@spam.com")
                .keys(1L, 3L, 4L, 5L);
        ask(authors.exclude("age__gt", 28))
                .tail("\"author\" WHERE (\"author\".\"age\" > ?) IS NOT TRUE")
                .binds(28L)
                .keys(3L, 5L);
        ask(authors.exclude("age__in", List.of(30)))
                .tail("\"author\" WHERE (\"author\".\"age\" IN (SELECT value FROM json_each(?))) IS NOT TRUE")
                .binds("[30]")
                .keys(1L, 3L, 5L);
    }

    @SemanticsRow(5)
    @Test
    void exclude_throughNullableForeignKey_keepsRowsWithoutParent() {
        ask(books.exclude("publisher__name", "Pub1"))
                .tail(
                        "\"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE (\"publisher\".\"name\" = ?) IS NOT TRUE")
                .binds("Pub1")
                .keys(2L, 3L, 5L);
    }

    @SemanticsRow(6)
    @Test
    void exclude_acrossSeveralRows_isNotExists() {
        ask(authors.exclude("books__pages", 100))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" = ?))")
                .binds(100L)
                .keys(2L, 4L, 5L);
    }

    @SemanticsRow(7)
    @Test
    void exclude_ofTwoConditionsOnOneRelation_meansOneRow() {
        ask(books.exclude("reviews__stars", 2, "reviews__body", "good"))
                .tail(
                        "\"book\" WHERE NOT (EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"stars\" = ? AND \"review\".\"body\" = ?))")
                .binds(2L, "good")
                .keys(1L, 2L, 3L, 4L, 5L);
        ask(books.exclude("reviews__stars", 5, "reviews__body", "good"))
                .tail(
                        "\"book\" WHERE NOT (EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"stars\" = ? AND \"review\".\"body\" = ?))")
                .binds(5L, "good")
                .keys(2L, 3L, 4L, 5L);
    }

    @SemanticsRow(8)
    @Test
    void filter_ofTwoConditionsInOneCall_meansOneRow() {
        ask(books.filter("reviews__stars", 2, "reviews__body", "good"))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"stars\" = ? AND \"review\".\"body\" = ?)")
                .binds(2L, "good")
                .keys();
    }

    @SemanticsRow(9)
    @Test
    void filter_chained_mayMeanTwoRows() {
        ask(books.filter("reviews__stars", 2).filter("reviews__body", "good"))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"stars\" = ?) AND EXISTS (SELECT 1 FROM \"review\" AS \"review_2\" WHERE \"review_2\".\"book_id\" = \"book\".\"id\" AND \"review_2\".\"body\" = ?)")
                .binds(2L, "good")
                .keys(1L);
    }

    @SemanticsRow(10)
    @Test
    void filter_acrossSeveralRows_repeatsNoParent() {
        ask(books.filter("reviews__stars", 5))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"review\" WHERE \"review\".\"book_id\" = \"book\".\"id\" AND \"review\".\"stars\" = ?)")
                .binds(5L)
                .keys(1L);
        run(books.filter("tags__name__in", List.of("java", "sql")).count())
                .statement(
                        "SELECT count(*) FROM \"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" IN (SELECT value FROM json_each(?)))",
                        "[\"java\",\"sql\"]")
                .gives(4L);
    }

    @SemanticsRow(11)
    @Test
    void filter_chainedOverLink_findsRowsWithAllTags() {
        ask(books.filter("tags__name", "java").filter("tags__name", "sql"))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?) AND EXISTS (SELECT 1 FROM \"book_tag\" AS \"book_tag_2\" JOIN \"tag\" AS \"tag_2\" ON \"tag_2\".\"id\" = \"book_tag_2\".\"tag_id\" WHERE \"book_tag_2\".\"book_id\" = \"book\".\"id\" AND \"tag_2\".\"name\" = ?)")
                .binds("java", "sql")
                .keys(1L);
        ask(books.filter("tags", 1).filter("tags", 2))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"book_tag\".\"tag_id\" = ?) AND EXISTS (SELECT 1 FROM \"book_tag\" AS \"book_tag_2\" WHERE \"book_tag_2\".\"book_id\" = \"book\".\"id\" AND \"book_tag_2\".\"tag_id\" = ?)")
                .binds(1L, 2L)
                .keys(1L);
    }

    @SemanticsRow(12)
    @Test
    void exclude_overLink_readsTheLinkOnlyForIsNull() {
        ask(books.exclude("tags__name", "java"))
                .tail(
                        "\"book\" WHERE NOT (EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?))")
                .binds("java")
                .keys(3L, 4L);
        ask(books.exclude("tags__isnull", true))
                .tail(
                        "\"book\" WHERE EXISTS (SELECT 1 FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\")")
                .binds()
                .keys(1L, 2L, 3L, 5L);
    }

    @SemanticsRow(13)
    @Test
    void columnAndNegatedRelation_standSideBySide() {
        ask(books.filter(Q.of("pages", 100).and(Q.of("tags__name", "java").not())))
                .tail(
                        "\"book\" WHERE \"book\".\"pages\" = ? AND NOT (EXISTS (SELECT 1 FROM \"book_tag\" JOIN \"tag\" ON \"tag\".\"id\" = \"book_tag\".\"tag_id\" WHERE \"book_tag\".\"book_id\" = \"book\".\"id\" AND \"tag\".\"name\" = ?))")
                .binds(100L, "java")
                .keys(4L);
    }

    @SemanticsRow(14)
    @Test
    void in_ofNothing_sendsNothing() {
        gives(authors.filter("id__in", List.of()), List.of());
        gives(authors.filter("id__in", List.of()).count(), List.of(), 0L);
        gives(
                authors.filter("id__in", List.of())
                        .aggregate("s", Agg.sum("age"), "c", Agg.count("id"))
                        .map(row -> row.asMap().toString()),
                List.of(),
                "{s=null, c=0}");
    }

    @SemanticsRow(15)
    @Test
    void exclude_ofInNothing_keepsAll() {
        ask(authors.exclude("id__in", List.of())).tail("\"author\"").binds().keys(1L, 2L, 3L, 4L, 5L);
    }

    @SemanticsRow(16)
    @Test
    void or_withInNothing_isTheOtherArm() {
        ask(authors.filter(Q.of("id__in", List.of()).or(Q.of("name", "Ann"))))
                .tail("\"author\" WHERE \"author\".\"name\" = ?")
                .binds("Ann")
                .keys(1L);
    }

    @SemanticsRow(17)
    @Test
    void in_withNull_dropsTheNull() {
        ask(authors.filter("age__in", Arrays.asList(30, null)))
                .tail("\"author\" WHERE \"author\".\"age\" IN (SELECT value FROM json_each(?))")
                .binds("[30]")
                .keys(2L, 4L);
        ask(authors.exclude("age__in", Arrays.asList(30, null)))
                .tail("\"author\" WHERE (\"author\".\"age\" IN (SELECT value FROM json_each(?))) IS NOT TRUE")
                .binds("[30]")
                .keys(1L, 3L, 5L);
    }

    @SemanticsRow(18)
    @Test
    void notIn_subQueryWithNull_losesNobody() {
        ask(authors.exclude("id__in", authors.values("mentor_id")))
                .tail(
                        "\"author\" WHERE (\"author\".\"id\" IN (SELECT \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"mentor_id\" IS NOT NULL)) IS NOT TRUE")
                .binds()
                .keys(3L, 4L, 5L);
    }

    @SemanticsRow(51)
    @Test
    void or_ofOneArmOverNullableKey_joinsLeft() {
        ask(books.filter(Q.of("publisher__name", "Pub1").or(Q.of("pages", 300))).orderBy("id"))
                .tail(
                        "\"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" = ? OR \"book\".\"pages\" = ? ORDER BY \"book\".\"id\"")
                .binds("Pub1", 300L)
                .keys(1L, 3L, 4L);
    }

    @SemanticsRow(52)
    @Test
    void and_besideTheOr_joinsInner() {
        ask(books.filter("publisher__name", "Pub1")
                        .filter(Q.of("publisher__name", "Pub1").or(Q.of("pages", 300)))
                        .orderBy("id"))
                .tail(
                        "\"book\" JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" = ? AND (\"publisher\".\"name\" = ? OR \"book\".\"pages\" = ?) ORDER BY \"book\".\"id\"")
                .binds("Pub1", "Pub1", 300L)
                .keys(1L, 4L);
    }

    @SemanticsRow(53)
    @Test
    void or_ofBothArmsOverOnePath_joinsInner() {
        ask(books.filter(Q.of("publisher__name", "Pub1").or(Q.of("publisher__name", "Pub2")))
                        .orderBy("id"))
                .tail(
                        "\"book\" JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" = ? OR \"publisher\".\"name\" = ? ORDER BY \"book\".\"id\"")
                .binds("Pub1", "Pub2")
                .keys(1L, 2L, 4L);
    }

    @SemanticsRow(54)
    @Test
    void or_overSeveralRows_keepsParentsWithoutRows() {
        ask(authors.filter(Q.of("books__pages", 300).or(Q.of("name", "Éva"))).orderBy("id"))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" = ?) OR \"author\".\"name\" = ? ORDER BY \"author\".\"id\"")
                .binds(300L, "Éva")
                .keys(2L, 4L);
        ask(authors.filter(Q.of("books__pages", 300).or(Q.of("name__startswith", "a_b")))
                        .orderBy("id"))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"pages\" = ?) OR (\"author\".\"name\" >= ? AND \"author\".\"name\" < ?) ORDER BY \"author\".\"id\"")
                .binds(300L, "a_b", "a_c")
                .keys(2L, 5L);
        ask(authors.filter(Q.of("books__isnull", true).or(Q.of("books__pages", 300)), Q.of("id__gt", 0)))
                .tail(
                        "\"author\" WHERE (NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")) OR EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND \"book_2\".\"pages\" = ?)) AND \"author\".\"id\" > ?")
                .binds(300L, 0L)
                .keys(2L, 5L);
    }

    @SemanticsRow(55)
    @Test
    void isnull_ofForeignKeyAndOfRemoteColumn() {
        ask(books.filter("publisher__isnull", true))
                .tail("\"book\" WHERE \"book\".\"publisher_id\" IS NULL")
                .binds()
                .keys(3L, 5L);
        ask(books.filter("publisher__name__isnull", true))
                .tail(
                        "\"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" IS NULL")
                .binds()
                .keys(3L, 5L);
    }

    @SemanticsRow(56)
    @Test
    void isnull_ofRelation_asksForRows() {
        String exists = "EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")";
        ask(authors.filter("books__isnull", true))
                .tail("\"author\" WHERE NOT (" + exists + ")")
                .binds()
                .keys(5L);
        ask(authors.filter("books__isnull", false))
                .tail("\"author\" WHERE " + exists)
                .binds()
                .keys(1L, 2L, 3L, 4L);
        ask(authors.filter("books", null))
                .tail("\"author\" WHERE NOT (" + exists + ")")
                .binds()
                .keys(5L);
        ask(authors.exclude("books", null))
                .tail("\"author\" WHERE " + exists)
                .binds()
                .keys(1L, 2L, 3L, 4L);
    }

    @SemanticsRow(57)
    @Test
    void isnull_underNotAndOfColumnsOfSeveralRows() {
        ask(books.filter(Q.of("publisher__name__isnull", true).not()))
                .tail(
                        "\"book\" JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" IS NOT NULL")
                .binds()
                .keys(1L, 2L, 4L);
        ask(books.filter(Q.of("publisher__name__isnull", true).not().not()))
                .tail(
                        "\"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE \"publisher\".\"name\" IS NULL")
                .binds()
                .keys(3L, 5L);
        ask(books.filter(Q.of("publisher__name__isnull", true)
                        .or(Q.of("pages", 300))
                        .not()))
                .tail(
                        "\"book\" LEFT JOIN \"publisher\" ON \"publisher\".\"id\" = \"book\".\"publisher_id\" WHERE NOT (\"publisher\".\"name\" IS NULL OR \"book\".\"pages\" = ?)")
                .binds(300L)
                .keys(1L, 2L, 4L);
        ask(authors.filter("books__published__isnull", true))
                .tail(
                        "\"author\" WHERE NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")) OR EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND \"book_2\".\"published\" IS NULL)")
                .binds()
                .keys(3L, 5L);
        ask(authors.exclude("books__published__isnull", true))
                .tail(
                        "\"author\" WHERE NOT (NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")) OR EXISTS (SELECT 1 FROM \"book\" AS \"book_2\" WHERE \"book_2\".\"author_id\" = \"author\".\"id\" AND \"book_2\".\"published\" IS NULL))")
                .binds()
                .keys(1L, 2L, 4L);
        ask(authors.filter("books__published__isnull", true, "books__pages", 100))
                .tail(
                        "\"author\" WHERE EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"published\" IS NULL AND \"book\".\"pages\" = ?)")
                .binds(100L)
                .keys(3L);
    }

    @SemanticsRow(58)
    @Test
    void null_isOnlyForExactAndIexact() {
        ask(authors.filter("email", null))
                .tail("\"author\" WHERE \"author\".\"email\" IS NULL")
                .binds()
                .keys(3L, 5L);
        ask(authors.filter("email__iexact", null))
                .tail("\"author\" WHERE \"author\".\"email\" IS NULL")
                .binds()
                .keys(3L, 5L);
        ask(authors.exclude("email", null))
                .tail("\"author\" WHERE \"author\".\"email\" IS NOT NULL")
                .binds()
                .keys(1L, 2L, 4L);
        refuses(() -> authors.filter("age__gt", null), InvalidValueException.class, "NULL is isnull");
        refuses(() -> authors.filter("email__isnull", 1), InvalidValueException.class, "true or false");
    }

    @SemanticsRow(59)
    @Test
    void keyOfParent_needsNoJoin() {
        ask(books.filter("author__id", 1))
                .tail("\"book\" WHERE \"book\".\"author_id\" = ?")
                .binds(1L)
                .keys(1L, 2L);
        ask(books.filter("author", row("author")))
                .tail("\"book\" WHERE \"book\".\"author_id\" = ?")
                .binds(1L)
                .keys(1L, 2L);
        ask(books.filter("pk__in", List.of(1, 2)))
                .tail("\"book\" WHERE \"book\".\"id\" IN (SELECT value FROM json_each(?))")
                .binds("[1,2]")
                .keys(1L, 2L);
        ask(books.filter("author__pk", 1))
                .tail("\"book\" WHERE \"book\".\"author_id\" = ?")
                .binds(1L)
                .keys(1L, 2L);
        ask(books.filter("author__in", List.of(row("author"), 2)))
                .tail("\"book\" WHERE \"book\".\"author_id\" IN (SELECT value FROM json_each(?))")
                .binds("[1,2]")
                .keys(1L, 2L, 3L);
        refuses(() -> books.filter("author", row("publisher")), InvalidValueException.class, "a key or row of author");
        Row nameless = Objects.requireNonNull(authors.values("name").first().block(Fixture.PATIENCE));
        refuses(() -> books.filter("author", nameless), NotLoadedException.class, "Add it to values(..)");
    }

    @SemanticsRow(83)
    @Test
    void columnOfAnotherRow_acrossNull() {
        ask(authors.filter("age__gt", F.of("mentor__age")))
                .tail(
                        "\"author\" JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" WHERE \"author\".\"age\" > \"author_2\".\"age\"")
                .binds()
                .keys();
        ask(books.filter("pages__gt", F.of("author__age")))
                .tail(
                        "\"book\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"book\".\"pages\" > \"author\".\"age\"")
                .binds()
                .keys(1L, 2L, 3L, 5L);
    }

    @SemanticsRow(84)
    @Test
    void xor_isParity() {
        ask(authors.filter(Q.of("id__lte", 3).xor(Q.of("id__lte", 2)).xor(Q.of("id", 1)))
                        .orderBy("id"))
                .tail(
                        "\"author\" WHERE ((((\"author\".\"id\" <= ?) IS TRUE) + ((\"author\".\"id\" <= ?) IS TRUE) + ((\"author\".\"id\" = ?) IS TRUE)) % 2 = 1) ORDER BY \"author\".\"id\"")
                .binds(3L, 2L, 1L)
                .keys(1L, 3L);
        ask(authors.filter("age", 30).xor(authors.filter("id__lte", 2)).orderBy("id"))
                .tail(
                        "\"author\" WHERE ((((\"author\".\"age\" = ?) IS TRUE) + ((\"author\".\"id\" <= ?) IS TRUE)) % 2 = 1) ORDER BY \"author\".\"id\"")
                .binds(30L, 2L)
                .keys(1L, 4L);
    }

    @SemanticsRow(85)
    @Test
    void emptyCondition_saysNothing() {
        ask(authors.filter(Q.empty())).tail("\"author\"").binds().keys(1L, 2L, 3L, 4L, 5L);
        ask(authors.filter(Q.empty().not())).tail("\"author\"").binds().keys(1L, 2L, 3L, 4L, 5L);
        ask(authors.exclude()).tail("\"author\"").binds().keys(1L, 2L, 3L, 4L, 5L);
        ask(authors.filter(Q.empty().or(Q.of("id", 1))))
                .tail("\"author\" WHERE \"author\".\"id\" = ?")
                .binds(1L)
                .keys(1L);
    }

    @SemanticsRow(114)
    @Test
    void in_ofTwoColumns_isRefused() {
        refuses(
                () -> books.filter("author__in", authors.values("id", "name")),
                InvalidQueryException.class,
                "must yield one column");
    }

    @SemanticsRow(115)
    @Test
    void selfReference_twoLevels() {
        ask(authors.filter("mentor__mentor__name", "Ann"))
                .tail(
                        "\"author\" JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" JOIN \"author\" AS \"author_3\" ON \"author_3\".\"id\" = \"author_2\".\"mentor_id\" WHERE \"author_3\".\"name\" = ?")
                .binds("Ann")
                .keys(4L);
        ask(authors.exclude("mentor__mentor__name", "Ann").orderBy("id"))
                .tail(
                        "\"author\" LEFT JOIN \"author\" AS \"author_2\" ON \"author_2\".\"id\" = \"author\".\"mentor_id\" LEFT JOIN \"author\" AS \"author_3\" ON \"author_3\".\"id\" = \"author_2\".\"mentor_id\" WHERE (\"author_3\".\"name\" = ?) IS NOT TRUE ORDER BY \"author\".\"id\"")
                .binds("Ann")
                .keys(1L, 2L, 3L, 5L);
    }
}
