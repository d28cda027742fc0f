package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** The semantics of deleting rows that others reference: text, binds, rows and number of statements. */
final class DeleteSemanticsTests extends LibraryTestCase {

    private static final String AUTHOR_KEYS = "SELECT (+\"author\".\"id\") FROM \"author\" WHERE \"author\".\"id\" = ?";
    private static final String BOOK_KEYS =
            "SELECT (+\"book\".\"id\") FROM \"book\" WHERE \"book\".\"author_id\" IN (SELECT value FROM json_each(?))";
    private static final String AWARD_KEYS =
            "SELECT (+\"award\".\"id\") FROM \"award\" WHERE \"award\".\"author_id\" IN (SELECT value FROM json_each(?)) LIMIT ?";

    private static String in(String start, String column) {
        return start + " WHERE " + column + " IN (SELECT value FROM json_each(?))";
    }

    @SemanticsRow(43)
    @Test
    void delete_takesAlongWhatCascades_andCountsIt() {
        run(authors.filter("id", 4).delete())
                .statement(AUTHOR_KEYS, 4L)
                .statement(BOOK_KEYS, "[4]")
                .statement(AWARD_KEYS, "[4]", 11L)
                .statement(in("DELETE FROM \"profile\"", "\"profile\".\"author_id\""), "[4]")
                .statement(in("DELETE FROM \"book_tag\"", "\"book_tag\".\"book_id\""), "[5]")
                .statement(in("DELETE FROM \"review\"", "\"review\".\"book_id\""), "[5]")
                .statement(in("UPDATE \"author\" SET \"mentor_id\" = ?", "\"author\".\"mentor_id\""), null, "[4]")
                .statement(in("DELETE FROM \"book\"", "\"book\".\"id\""), "[5]")
                .statement(in("DELETE FROM \"author\"", "\"author\".\"id\""), "[4]")
                .gives(new Deleted(Map.of("book_tag", 1L, "review", 1L, "book", 1L, "author", 1L)));
        assertThat(
                        library.jdbc(
                                "SELECT (SELECT count(*) FROM author), (SELECT count(*) FROM book),"
                                        + " (SELECT count(*) FROM book_tag), (SELECT count(*) FROM review), (SELECT count(*) FROM profile)"))
                .containsExactly(List.of(4, 4, 5, 5, 2));
    }

    @SemanticsRow(43)
    @Test
    void delete_setsNull_withoutCounting() {
        run(publishers.filter("id", 1).delete())
                .statement("SELECT (+\"publisher\".\"id\") FROM \"publisher\" WHERE \"publisher\".\"id\" = ?", 1L)
                .statement(in("UPDATE \"book\" SET \"publisher_id\" = ?", "\"book\".\"publisher_id\""), null, "[1]")
                .statement(in("DELETE FROM \"publisher\"", "\"publisher\".\"id\""), "[1]")
                .gives(Deleted.of("publisher", 1));
        assertThat(library.jdbc("SELECT publisher_id FROM book ORDER BY id"))
                .containsExactly(
                        Arrays.asList((Object) null),
                        List.of(2),
                        Arrays.asList((Object) null),
                        Arrays.asList((Object) null),
                        Arrays.asList((Object) null));
    }

    @SemanticsRow(44)
    @Test
    void delete_ofAProtectedRow_writesNothing_andNamesWhatProtects() {
        library.wired();
        StepVerifier.create(authors.filter("id", 1).delete())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(ProtectedException.class)
                        .hasMessage("Cannot delete rows of author: rows of award reference them by"
                                + " award(author_id) -> author(id), which forbids it. Keys: 1."
                                + " Nothing was deleted. Delete or change these rows first."))
                .verify(Fixture.PATIENCE);
        List<Wire.Sent> sent = library.wired();
        assertThat(sent).extracting(Wire.Sent::sql).containsExactly(AUTHOR_KEYS, BOOK_KEYS, AWARD_KEYS);
        assertThat(sent)
                .extracting(Wire.Sent::sets)
                .containsExactly(List.of(List.of(1L)), List.of(List.of("[1]")), List.of(List.of("[1]", 11L)));
        assertThat(stored("author")).hasSize(5);
        assertThat(stored("book")).hasSize(5);
    }

    @SemanticsRow(45)
    @Test
    void delete_withoutDependants_isOneStatement() {
        run(reviews.filter("book__author__name", "Ann").delete())
                .statement(
                        "DELETE FROM \"review\" WHERE \"review\".\"id\" IN (SELECT \"review\".\"id\" FROM \"review\" JOIN \"book\" ON \"book\".\"id\" = \"review\".\"book_id\" JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\" WHERE \"author\".\"name\" = ?)",
                        "Ann")
                .gives(Deleted.of("review", 4));
        run(reviews.filter("stars", 4).delete())
                .statement("DELETE FROM \"review\" WHERE \"review\".\"stars\" = ?", 4L)
                .gives(Deleted.of("review", 1));
        assertThat(library.jdbc("SELECT id FROM review")).containsExactly(List.of(6));
    }
}
