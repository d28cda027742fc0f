package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** The semantics of verbs that find or make one row, or link it: text, binds, rows and number of statements. */
final class RowWriteSemanticsTests extends LibraryTestCase {

    private static final String RETURNING = " RETURNING \"publisher\".\"id\", \"publisher\".\"name\"";
    private static final String FIND = "SELECT \"publisher\".\"id\", \"publisher\".\"name\" FROM \"publisher\" WHERE ";
    private static final String UPDATE =
            "UPDATE \"publisher\" SET \"name\" = ? WHERE \"publisher\".\"id\" = ?" + RETURNING;
    private static final String INSERT = "INSERT INTO \"publisher\" (\"id\", \"name\") VALUES (?, ?)" + RETURNING;
    private static final String LINK =
            "INSERT INTO \"book_tag\" (\"book_id\", \"tag_id\") SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT (\"book_id\", \"tag_id\") DO NOTHING";

    private static List<Object> told(Created<Row> row) {
        return Arrays.asList(row.value().pk(), row.value().get("name"), row.created());
    }

    private void fails(Publisher<?> publisher, Class<?> type, String text, String... statements) {
        library.sent();
        StepVerifier.create(publisher)
                .expectErrorSatisfies(
                        error -> assertThat(error).isInstanceOf(type).hasMessageContaining(text))
                .verify(Fixture.PATIENCE);
        assertThat(library.sent()).containsExactly(statements);
    }

    @SemanticsRow(105)
    @Test
    void getOrCreate_findsFirst_andInsertsOnlyWhatIsStillMissing() {
        run(publishers
                        .getOrCreate(Fields.of("name", "Pub1"), Fields.of("name", "zz"))
                        .map(RowWriteSemanticsTests::told))
                .statement(FIND + "\"publisher\".\"name\" = ? LIMIT ?", "Pub1", 21L)
                .gives(List.of(1L, "Pub1", false));
        run(publishers.getOrCreate(Fields.of("name", "PubX")).map(RowWriteSemanticsTests::told))
                .statement(FIND + "\"publisher\".\"name\" = ? LIMIT ?", "PubX", 21L)
                .statement(
                        "INSERT INTO \"publisher\" (\"name\") SELECT ? WHERE NOT (EXISTS (SELECT 1 FROM \"publisher\" WHERE \"publisher\".\"name\" = ?))"
                                + RETURNING,
                        "PubX",
                        "PubX")
                .gives(List.of(3L, "PubX", true));
    }

    @SemanticsRow(105)
    @Test
    void getOrCreate_byALookup_doesNotWriteIt_andFailsForSeveral() {
        run(publishers
                        .getOrCreate(Fields.of("name__iexact", "nobody"), Fields.of("name", "N"))
                        .map(RowWriteSemanticsTests::told))
                .statement(FIND + "\"publisher\".\"name\" = ? COLLATE NOCASE LIMIT ?", "nobody", 21L)
                .statement(
                        "INSERT INTO \"publisher\" (\"name\") SELECT ? WHERE NOT (EXISTS (SELECT 1 FROM \"publisher\" WHERE \"publisher\".\"name\" = ? COLLATE NOCASE))"
                                + RETURNING,
                        "N",
                        "nobody")
                .gives(List.of(3L, "N", true));
        fails(
                authors.getOrCreate(Fields.of("age", 30)),
                MultipleObjectsException.class,
                "getOrCreate expects one row of author, 2 match.",
                "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\" FROM \"author\" WHERE \"author\".\"age\" = ? LIMIT ?");
    }

    @SemanticsRow(106)
    @Test
    void updateOrCreate_updatesFirst() {
        run(publishers
                        .updateOrCreate(Fields.of("id", 1), Fields.of("name", "zz"))
                        .map(RowWriteSemanticsTests::told))
                .statement(UPDATE, "zz", 1L)
                .gives(List.of(1L, "zz", false));
        run(publishers
                        .updateOrCreate(Fields.of("id", 77), Fields.of("name", "u"), Fields.of("name", "c"))
                        .map(RowWriteSemanticsTests::told))
                .statement(UPDATE, "u", 77L)
                .statement(INSERT, 77L, "c")
                .gives(List.of(77L, "c", true));
        assertThat(stored("publisher")).containsExactly(List.of(1, "zz"), List.of(2, "Pub2"), List.of(77, "c"));
    }

    private List<?> tagsOfFirstBook() {
        return library.jdbc("SELECT tag_id FROM book_tag WHERE book_id = 1 ORDER BY 1").stream()
                .map(row -> row.get(0))
                .toList();
    }

    @SemanticsRow(107)
    @Test
    void link_ofALinkTable_writesOnlyWhatChanges() {
        Link tags = library.db.link("book", "tags", 1L);
        run(tags.add(1L, 3L)).statement(LINK, 1L, "[1,3]").gives(1L);
        assertThat(tagsOfFirstBook()).isEqualTo(List.of(1, 2, 3));
        run(tags.set(2L, 4L))
                .statement(
                        "DELETE FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = ? AND NOT (\"book_tag\".\"tag_id\" IN (SELECT value FROM json_each(?)))",
                        1L,
                        "[2,4]")
                .statement(LINK, 1L, "[2,4]")
                .gives(3L);
        assertThat(tagsOfFirstBook()).isEqualTo(List.of(2, 4));
        run(tags.remove(2L, 3L))
                .statement(
                        "DELETE FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = ? AND \"book_tag\".\"tag_id\" IN (SELECT value FROM json_each(?))",
                        1L,
                        "[2,3]")
                .gives(1L);
        run(tags.create("name", "z").map(Row::pk))
                .statement("INSERT INTO \"tag\" (\"name\") VALUES (?) RETURNING \"tag\".\"id\", \"tag\".\"name\"", "z")
                .statement(LINK, 1L, "[5]")
                .gives(5L);
        assertThat(tagsOfFirstBook()).isEqualTo(List.of(4, 5));
        run(tags.clear())
                .statement("DELETE FROM \"book_tag\" WHERE \"book_tag\".\"book_id\" = ?", 1L)
                .gives(2L);
        assertThat(library.jdbc("SELECT count(*) FROM book_tag")).containsExactly(List.of(4));
    }

    @SemanticsRow(107)
    @Test
    void link_ofAForeignKey_isAnUpdate() {
        run(library.db.link("publisher", "books", 2L).add(2L, 3L))
                .statement(
                        "UPDATE \"book\" SET \"publisher_id\" = ? WHERE \"book\".\"id\" IN (SELECT value FROM json_each(?)) AND (\"book\".\"publisher_id\" = ?) IS NOT TRUE",
                        2L,
                        "[2,3]",
                        2L)
                .gives(1L);
        run(library.db.link("publisher", "books", 1L).remove(1L, 2L))
                .statement(
                        "UPDATE \"book\" SET \"publisher_id\" = ? WHERE \"book\".\"publisher_id\" = ? AND \"book\".\"id\" IN (SELECT value FROM json_each(?))",
                        null,
                        1L,
                        "[1,2]")
                .gives(1L);
        run(library.db.link("publisher", "books", 2L).clear())
                .statement("UPDATE \"book\" SET \"publisher_id\" = ? WHERE \"book\".\"publisher_id\" = ?", null, 2L)
                .gives(2L);
        assertThat(library.jdbc("SELECT id, publisher_id FROM book WHERE publisher_id IS NOT NULL"))
                .containsExactly(List.of(4, 1));
    }

    @SemanticsRow(108)
    @Test
    void save_updates_andInsertsWhereThereIsNoRow() {
        run(publishers.save(Fields.of("id", 1, "name", "s")).map(Row::pk))
                .statement(UPDATE, "s", 1L)
                .gives(1L);
        run(publishers.save(Fields.of("id", 88, "name", "s")).map(Row::pk))
                .statement(UPDATE, "s", 88L)
                .statement(INSERT, 88L, "s")
                .gives(88L);
        run(publishers.save(Fields.of("name", "t")).map(Row::pk))
                .statement("INSERT INTO \"publisher\" (\"name\") VALUES (?)" + RETURNING, "t")
                .gives(89L);
        assertThat(stored("publisher"))
                .containsExactly(List.of(1, "s"), List.of(2, "Pub2"), List.of(88, "s"), List.of(89, "t"));
    }

    @SemanticsRow(108)
    @Test
    void updateRow_ofNoRow_andInsertOfAKnownKey_areErrors() {
        fails(
                publishers.updateRow(Fields.of("id", 88, "name", "s"), "name"),
                NotUpdatedException.class,
                "updateRow changed no row of publisher with key 88: there is no such row.",
                UPDATE);
        fails(
                publishers.insert(Fields.of("id", 1, "name", "s")),
                Exception.class,
                "UNIQUE constraint failed: publisher.id",
                INSERT);
        assertThat(stored("publisher")).containsExactly(List.of(1, "Pub1"), List.of(2, "Pub2"));
    }
}
