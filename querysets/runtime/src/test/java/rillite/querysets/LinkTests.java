package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Links of one row: link tables with columns and odd keys, foreign keys of related rows. */
@ParameterizedClass
@EnumSource(Access.class)
final class LinkTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;
    private Database db;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, """
                CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT);
                CREATE TABLE tag (name TEXT PRIMARY KEY, color TEXT);
                CREATE TABLE book_tag (
                    book_id INTEGER NOT NULL REFERENCES book, tag_name TEXT NOT NULL REFERENCES tag,
                    since TEXT, PRIMARY KEY (book_id, tag_name)
                ) WITHOUT ROWID;
                CREATE TABLE mark (shape TEXT, code BLOB, PRIMARY KEY (shape, code));
                CREATE TABLE book_mark (
                    book_id INTEGER REFERENCES book, shape TEXT, code BLOB, weight INTEGER NOT NULL,
                    FOREIGN KEY (shape, code) REFERENCES mark, PRIMARY KEY (book_id, shape, code)
                );
                CREATE TABLE word (text TEXT PRIMARY KEY COLLATE NOCASE);
                CREATE TABLE book_word (
                    book_id INTEGER NOT NULL REFERENCES book, word TEXT NOT NULL REFERENCES word,
                    PRIMARY KEY (book_id, word)
                );
                CREATE TABLE note (id INTEGER PRIMARY KEY, book_id INTEGER REFERENCES book, text TEXT);
                CREATE TABLE page (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book);
                INSERT INTO book VALUES (1, 'A'), (2, 'B');
                INSERT INTO tag VALUES ('x', 'red'), ('y', 'blue'), ('z', NULL);
                INSERT INTO book_tag VALUES (1, 'x', '2001'), (2, 'x', NULL);
                INSERT INTO mark VALUES ('dot', X'01'), ('dot', X'02');
                INSERT INTO word VALUES ('Sea'), ('sun');
                INSERT INTO book_word VALUES (1, 'sea');
                INSERT INTO note VALUES (1, 1, 'n1'), (2, 1, 'n2'), (3, NULL, 'n3');
                INSERT INTO page VALUES (1, 1);
                """);
        db = fixture.db;
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private Link tags() {
        return db.link("book", "tags", 1);
    }

    private String linked() {
        return fixture.jdbc("SELECT tag_name, since FROM book_tag WHERE book_id = 1 ORDER BY 1")
                .toString();
    }

    @Test
    void add_isOneInsert_andKeepsWhatIsThere() {
        assertThat(answer(tags().add("x", "y", "y"))).isEqualTo(1);
        assertThat(fixture.sent())
                .containsExactly(
                        "INSERT INTO \"book_tag\" (\"book_id\", \"tag_name\") SELECT ?, value FROM json_each(?)"
                                + " WHERE true ON CONFLICT (\"book_id\", \"tag_name\") DO NOTHING");
        assertThat(answer(tags().add(List.of("x", "z"), Fields.of("since", "2020"))))
                .isEqualTo(1);
        assertThat(linked()).isEqualTo("[[x, 2001], [y, null], [z, 2020]]");
    }

    @Test
    void add_rowsAndOwnersAsRows_areNotRead() {
        Row book = answer(db.objects("book").find(2));
        Row tag = answer(db.objects("tag").find("z"));
        fixture.sent();
        assertThat(answer(db.link("book", "tags", book).add(tag))).isEqualTo(1);
        assertThat(answer(db.link("tag", "books", tag).remove(book))).isEqualTo(1);
        assertThat(fixture.sent()).hasSize(2).noneMatch(sql -> sql.startsWith("SELECT"));
    }

    @Test
    void noKeys_sendNothing() {
        assertThat(answer(tags().add(List.of()))).isZero();
        assertThat(answer(tags().remove(List.of()))).isZero();
        assertThat(answer(db.link("book", "notes", 1).add(List.of()))).isZero();
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void set_keepsTheLinksThatStay() {
        answer(tags().add("y"));
        assertThat(answer(tags().set("x", "z"))).isEqualTo(2);
        assertThat(linked()).isEqualTo("[[x, 2001], [z, null]]");
        assertThat(answer(tags().set(List.of()))).isEqualTo(2);
        assertThat(fixture.jdbc("SELECT count(*) FROM book_tag")).containsExactly(List.of(1));
    }

    @Test
    void set_thatFails_leavesTheLinks() {
        StepVerifier.create(tags().set("y", "unknown")).expectError().verify(Fixture.PATIENCE);
        assertThat(linked()).isEqualTo("[[x, 2001]]");
    }

    @Test
    void create_makesTheRowAndTheLink_orNeither() {
        Row made = answer(tags().create(Fields.of("name", "new"), Fields.of("since", "1999")));
        assertThat(made.pk()).isEqualTo("new");
        assertThat(linked()).isEqualTo("[[new, 1999], [x, 2001]]");
        StepVerifier.create(db.link("book", "tags", 99).create("name", "lost"))
                .expectError()
                .verify(Fixture.PATIENCE);
        assertThat(answer(db.objects("tag").contains("lost"))).isFalse();
    }

    @Test
    void keysOfSeveralColumns_withBlobs_areLinked() {
        byte[] one = {1};
        byte[] two = {2};
        Link marks = db.link("book", "marks", 1);
        assertThat(answer(marks.add(List.of(List.of("dot", one), List.of("dot", two)), Fields.of("weight", 5))))
                .isEqualTo(2);
        assertThat(answer(marks.remove(List.of(List.of("dot", one))))).isEqualTo(1);
        assertThat(fixture.jdbc("SELECT shape, hex(code), weight FROM book_mark"))
                .containsExactly(List.of("dot", "02", 5));
        assertThatThrownBy(() -> marks.add(List.of(List.of("dot", one))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("book_mark.weight");
        assertThatThrownBy(() -> marks.add("dot")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void keysThatTheTargetFindsEqual_areOneLink() {
        assertThat(answer(db.link("book", "words", 1).add("SEA", "Sun", "SUN"))).isEqualTo(1);
        assertThat(fixture.sent())
                .containsExactly("INSERT INTO \"book_word\" (\"book_id\", \"word\") SELECT ?, value FROM json_each(?)"
                        + " WHERE (value COLLATE NOCASE IN (SELECT \"book_word\".\"word\" FROM \"book_word\" WHERE"
                        + " \"book_word\".\"book_id\" = ?)) IS NOT TRUE GROUP BY value COLLATE NOCASE"
                        + " ON CONFLICT (\"book_id\", \"word\") DO NOTHING");
        assertThat(answer(db.link("word", "books", "SEA").add(1, 2))).isEqualTo(1);
        assertThat(answer(db.link("book", "words", 1).set("sEa"))).isEqualTo(1);
        assertThat(fixture.jdbc("SELECT book_id, lower(word) FROM book_word ORDER BY 1"))
                .containsExactly(List.of(1, "sea"), List.of(2, "sea"));
    }

    @Test
    void manyKeys_travelInSeveralStatements() {
        fixture.jdbc("INSERT INTO tag (name) SELECT value FROM json_each('["
                + String.join(
                        ",",
                        LongStream.range(0, 100_050)
                                .mapToObj(i -> "\"t" + i + "\"")
                                .toList()) + "]')");
        List<String> keys = LongStream.range(0, 100_050).mapToObj(i -> "t" + i).toList();
        assertThat(answer(tags().add(keys))).isEqualTo(100_050);
        assertThat(fixture.sent()).hasSize(2);
        assertThat(answer(tags().set(keys.subList(0, 100_001)))).isEqualTo(50);
        assertThat(answer(tags().remove(keys))).isEqualTo(100_001);
    }

    @Test
    void foreignKey_links_areColumnsOfTheRelatedRows() {
        Link notes = db.link("book", "notes", 2);
        assertThat(answer(notes.add(1, 3, 99))).isEqualTo(2);
        assertThat(answer(notes.add(1))).isZero();
        assertThat(answer(notes.set(2, 3))).isEqualTo(2);
        assertThat(fixture.jdbc("SELECT id, book_id FROM note ORDER BY id").toString())
                .isEqualTo("[[1, null], [2, 2], [3, 2]]");
        assertThat(answer(notes.create("text", "new")).get("book_id")).isEqualTo(2L);
        assertThat(answer(notes.remove(2))).isEqualTo(1);
        assertThat(answer(notes.clear())).isEqualTo(2);
    }

    @Test
    void foreignKey_thatCannotBeNull_takesNoUnlinking() {
        Link pages = db.link("book", "pages", 2);
        assertThat(answer(pages.add(1))).isEqualTo(1);
        assertThatThrownBy(pages::clear)
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("page(book_id) -> book(id)")
                .hasMessageContaining("cannot be NULL");
        assertThatThrownBy(() -> pages.remove(1)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> pages.set(1)).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void link_whatCannotBe_isRefused() {
        assertThatThrownBy(() -> db.link("book", "tgas", 1))
                .isInstanceOf(UnknownRelationException.class)
                .hasMessageContaining("Did you mean tags?");
        assertThatThrownBy(() -> db.link("note", "book", 1))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("leads to one row");
        assertThatThrownBy(() -> db.link("book", "tags", "one")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> tags().add(List.of("x"), Fields.of("tag_name", "y")))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> db.link("book", "notes", 1).add(List.of(1), Fields.of("text", "y")))
                .isInstanceOf(InvalidQueryException.class);
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void link_insideATransaction_belongsToIt() {
        StepVerifier.create(db.inTransaction(
                        tx -> tx.link("book", "tags", 1).add("y").then(Mono.error(new IllegalStateException("no")))))
                .expectErrorMessage("no")
                .verify(Fixture.PATIENCE);
        assertThat(linked()).isEqualTo("[[x, 2001]]");
    }
}
