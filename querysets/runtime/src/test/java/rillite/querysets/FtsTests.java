package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Full-text search on an index with rows of its own, and on one over another table. */
@ParameterizedClass
@EnumSource(Access.class)
final class FtsTests {

    private static final String SCRIPT = """
            CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT);
            INSERT INTO shelf VALUES (1, 'A'), (2, 'B');
            CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, body TEXT, shelf_id INTEGER REFERENCES shelf(id));
            INSERT INTO book VALUES (1, 'the fox', 'quick brown fox', 1), (2, 'dog', 'lazy dog and fox fox fox', 1),
              (3, 'cat', 'nothing at all', 2), (4, 'AND', '"NOT" (a) title: *', 2);
            CREATE VIRTUAL TABLE search USING fts5(title, body, content='book', content_rowid='id');
            INSERT INTO search(search) VALUES ('rebuild');
            CREATE VIRTUAL TABLE "my notes" USING fts5(text, tag UNINDEXED, tokenize = 'unicode61');
            INSERT INTO "my notes" VALUES ('buy milk', 'home'), ('call Ann about milk', 'work'), ('sleep', 'home');
            CREATE VIRTUAL TABLE plainly USING fts5(title, content=book);
            INSERT INTO plainly(plainly) VALUES ('rebuild');
            """;

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private QuerySet<Row> books() {
        return fixture.db.objects("book");
    }

    private QuerySet<Row> search() {
        return fixture.db.objects("search");
    }

    private static <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private static List<Long> ids(QuerySet<Row> query) {
        return await(query.values("pk").flat(Long.class).list());
    }

    @Test
    void match_onTheIndex_findsRows() {
        QuerySet<Row> found = search().filter(Fts.match("search", "fox"))
                .orderBy(Fts.rank("search").asc());

        assertThat(found.toSql().sql())
                .isEqualTo("SELECT \"search\".\"title\", \"search\".\"body\" FROM \"search\" WHERE"
                        + " \"search\".\"search\" MATCH ? ORDER BY \"search\".\"rank\"");
        assertThat(found.toSql().binds()).containsExactly("fox");
        assertThat(ids(found)).containsExactlyInAnyOrder(1L, 2L);
        assertThat(ids(search().filter("search__match", "fox", "title__match", "the")))
                .containsExactly(1L);
        assertThat(ids(search().filter("title__match", "fox").orderBy("rank"))).containsExactly(1L);
    }

    @Test
    void match_onTheContent_joinsTheIndex() {
        QuerySet<Row> found = books().filter(Fts.match("search", "fox"))
                .orderBy(Fts.rank("search").asc());

        assertThat(found.toSql().sql())
                .endsWith(" FROM \"book\" JOIN \"search\" ON \"search\".\"rowid\" = \"book\".\"id\" WHERE"
                        + " \"search\".\"search\" MATCH ? ORDER BY \"search\".\"rank\"");
        assertThat(ids(found)).containsExactlyInAnyOrder(1L, 2L);
        assertThat(await(found.count())).isEqualTo(2);
        assertThat(await(found.exists())).isTrue();
        assertThat(ids(books().filter("search__match", "brown"))).containsExactly(1L);
        assertThat(ids(books().filter("search__title__match", "fox"))).containsExactly(1L);
        assertThat(ids(books().filter("plainly__match", "dog"))).containsExactly(2L);
        assertThat(ids(books().filter("search__match", "fox", "title", "dog").orderBy("-search__rank")))
                .containsExactly(2L);
    }

    @Test
    void match_withAValueOfTheRow_whereItNeedNotHold_readsThatRow() {
        QuerySet<Row> titled = books().filter(
                        Q.of("search__body__match", F.of("title")).or(Q.of("id", 4)))
                .orderBy("id");

        assertThat(titled.toSql().sql())
                .contains(" IN (SELECT \"search\".\"rowid\" FROM \"search\" WHERE"
                        + " \"search\".\"body\" MATCH \"book\".\"title\")");
        assertThat(ids(titled)).containsExactly(2L, 4L);
    }

    @Test
    void match_whereItNeedNotHold_isAList() {
        QuerySet<Row> either =
                books().filter(Fts.match("search", "fox").or(Q.of("id", 3))).orderBy("id");

        assertThat(either.toSql().sql())
                .contains(" WHERE \"book\".\"id\" IN (SELECT \"search\".\"rowid\" FROM \"search\" WHERE"
                        + " \"search\".\"search\" MATCH ?) OR \"book\".\"id\" = ? ")
                .doesNotContain("JOIN");
        assertThat(ids(either)).containsExactly(1L, 2L, 3L);
        assertThat(ids(books().exclude(Fts.match("search", "fox")).orderBy("id")))
                .containsExactly(3L, 4L);
        assertThat(ids(search().exclude("search__match", "fox").orderBy("pk"))).containsExactly(3L, 4L);
        assertThat(ids(search().filter(Fts.match("search", "cat").or(Q.of("title__match", "dog")))
                        .orderBy("pk")))
                .containsExactly(2L, 3L);
        assertThat(ids(books().filter(Fts.match("search", "fox").xor(Q.of("id__gt", 1)))
                        .orderBy("id")))
                .containsExactly(1L, 3L, 4L);
        assertThat(ids(books().filter(Fts.match("search", "fox"))
                        .or(books().filter("id", 4))
                        .orderBy("id")))
                .containsExactly(1L, 2L, 4L);
        assertThat(ids(books().orderBy("id")
                        .annotate("hit", F.test(Fts.match("search", "fox")))
                        .filter("hit", true)))
                .containsExactly(1L, 2L);
    }

    @Test
    void match_fromOtherTables_findsTheirRows() {
        QuerySet<Row> shelves = fixture.db.objects("shelf");

        assertThat(fixture.keys(shelves.filter("books__search__match", "cat"))).containsExactly(2L);
        assertThat(fixture.keys(shelves.filter(Q.any("books", Fts.match("search", "fox")))))
                .containsExactly(1L);
        assertThat(fixture.keys(shelves.filter(Q.none("books", Fts.match("search", "fox")))))
                .containsExactly(2L);
        assertThat(ids(books().filter(
                                "id__in",
                                search().filter("search__match", "dog").values("pk"))))
                .containsExactly(2L);
    }

    @Test
    void highlightAndSnippet_showWhatWasFound() {
        Row row = await(books().filter(Fts.match("search", "fox"), Q.of("id", 2))
                .annotate(
                        "marked", Fts.highlight("search__body", "<b>", "</b>"),
                        "part", Fts.snippet("search__body", "[", "]", "..", 2),
                        "best", Fts.snippet("search", "[", "]", "..", 64),
                        "rank", Fts.rank("search"),
                        "weighted", Fts.rank("search", 10, 0.5))
                .values("marked", "part", "best", "rank", "weighted")
                .get());

        assertThat(row.get("marked")).isEqualTo("lazy dog and <b>fox</b> <b>fox</b> <b>fox</b>");
        assertThat(row.get("part", String.class)).contains("[fox]").contains("..");
        assertThat(row.get("best")).isEqualTo("lazy dog and [fox] [fox] [fox]");
        assertThat(row.get("rank", Double.class)).isNegative();
        assertThat(row.get("weighted", Double.class)).isNotEqualTo(row.get("rank", Double.class));
        assertThat(await(search().filter("search__match", "fox", "pk", 1)
                        .annotate("t", Fts.highlight("title", "<", ">"))
                        .values("t")
                        .flatOptional(String.class)
                        .get()))
                .contains("the <fox>");
        assertThat(await(search().filter("search__match", "fox", "pk", 1)
                        .annotate("t", Fts.highlight("search__title", "<", ">"))
                        .values("t")
                        .flatOptional(String.class)
                        .get()))
                .contains("the <fox>");
    }

    @Test
    void rank_withWeights_ordersByThem() {
        QuerySet<Row> byTitle = books().filter(Fts.match("search", "fox"))
                .orderBy(Fts.rank("search", 100, 0.01).asc());

        assertThat(byTitle.toSql().sql()).endsWith(" ORDER BY bm25(\"search\".\"search\", ?, ?)");
        assertThat(ids(byTitle)).containsExactly(1L, 2L);
        assertThat(ids(books().filter(Fts.match("search", "fox"))
                        .orderBy(Fts.rank("search", 0.01, 100).asc())))
                .containsExactly(2L, 1L);
    }

    @Test
    void names_withSpaces_areQuoted() {
        QuerySet<Row> notes = fixture.db.objects("my notes");

        assertThat(ids(notes.filter(Fts.match("my notes", "milk"))
                        .orderBy(Fts.rank("my notes").asc())))
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(ids(notes.filter("text__match", "ann"))).containsExactly(2L);
        assertThat(ids(notes.filter("my notes__match", "milk", "tag", "home"))).containsExactly(1L);
    }

    @Test
    void phraseAndWords_takeAnyText() {
        assertThat(Fts.phrase("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(Fts.words("  quick\tFOX ")).isEqualTo("\"quick\" \"FOX\"");
        assertThat(Fts.prefix("quick fo")).isEqualTo("\"quick\" \"fo\"*");
        assertThat(Fts.prefix(" ")).isEqualTo("\"\"");
        assertThat(ids(books().filter(Fts.match("search", Fts.phrase("brown fox")))))
                .containsExactly(1L);
        assertThat(ids(books().filter(Fts.match("search", Fts.phrase("fox brown")))))
                .isEmpty();
        assertThat(ids(books().filter(Fts.match("search", Fts.words("fox brown")))))
                .containsExactly(1L);
        assertThat(ids(books().filter(Fts.match("search", Fts.prefix("fox bro")))))
                .containsExactly(1L);
        assertThat(ids(books().filter(Fts.match("search", Fts.words("AND"))).orderBy("id")))
                .containsExactly(2L, 4L);
        for (String hostile : List.of(
                "",
                " ",
                "\"",
                "\"\"\"",
                "*",
                "^",
                "-",
                "title:",
                "{a b}:",
                "NEAR(",
                "AND",
                "OR",
                "NOT x",
                "(",
                ")",
                "'; DROP TABLE book; --",
                "\0",
                "a\0b",
                "🌾",
                "\\",
                "+",
                "%_",
                "col : \"x",
                "\uFFFF",
                "/* */")) {
            for (String query : List.of(Fts.phrase(hostile), Fts.words(hostile), Fts.prefix(hostile))) {
                ids(books().filter(Fts.match("search", query)));
                ids(books().exclude(Fts.match("search", query)));
            }
        }
        assertThat(await(books().count())).isEqualTo(4);
        Row row = await(books().filter(Fts.match("search", "fox"), Q.of("id", 1))
                .annotate("x", Fts.highlight("search__title", "'); --\"", "?"))
                .values("x")
                .get());
        assertThat(row.get("x")).isEqualTo("the '); --\"fox?");
    }

    @Test
    void query_thatIsNone_isAClearError() {
        for (String wrong : List.of("fox AND", "\"fox", "nosuch : fox", "*", "", "(fox")) {
            for (Mono<?> run : List.<Mono<?>>of(
                    books().filter(Fts.match("search", wrong)).list(),
                    books().filter(Fts.match("search", wrong)).count(),
                    books().exclude(Fts.match("search", wrong)).update("title", "x"),
                    search().filter("search__match", wrong).pageAfter(null, 3))) {
                StepVerifier.create(run)
                        .expectErrorSatisfies(error -> assertThat(error)
                                .as(wrong)
                                .isInstanceOf(InvalidValueException.class)
                                .hasMessageStartingWith("The query of a full-text search is not understood by FTS5: ")
                                .hasMessageContaining("Fts.words(..)"))
                        .verify(Fixture.PATIENCE);
            }
        }
        assertThat(fixture.open).hasValue(0);
    }

    @Test
    void match_elsewhere_throwsAtOnce() {
        assertThatThrownBy(() -> books().filter("title__match", "x"))
                .isInstanceOf(InvalidLookupException.class)
                .hasMessage(
                        "\"match\" (in \"title__match\") is not for book.title, which is no FTS5 table and no column"
                                + " of one.");
        assertThatThrownBy(() -> books().filter(Fts.match("serch", "x")))
                .isInstanceOf(UnknownFieldException.class)
                .hasMessageContaining("Did you mean search?");
        assertThatThrownBy(() -> books().filter(Fts.match("my notes", "x"))).isInstanceOf(UnknownFieldException.class);
        assertThatThrownBy(() -> books().filter("search__match", 5)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> books().filter("search__match", null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> books().filter("search__match", "a\0b")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> books().orderBy(Fts.rank("title").asc())).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> books().annotate("x", Fts.highlight("title", "a", "b")))
                .isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> books().annotate("x", Fts.highlight("search", "a", "b")))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> Fts.snippet("search__title", "", "", "", 65))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void writes_throughASearch_changeWhatWasFound() {
        assertThat(await(books().filter(Fts.match("search", "cat")).update("title", "kitten")))
                .isEqualTo(1);
        assertThat(await(books().filter(Fts.match("search", "brown")).delete()).total())
                .isEqualTo(1);
        assertThat(ids(books().orderBy("id"))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void pages_ofASearch_keepItsOrder() {
        QuerySet<Row> found = books().filter(Fts.match("search", "fox OR cat OR dog"))
                .orderBy(Fts.rank("search").asc());
        CursorPage<Row> first = await(found.pageAfter(null, 2));
        CursorPage<Row> second = await(found.pageAfter(first.next().orElseThrow(), 2));

        assertThat(java.util.stream.Stream.concat(first.items().stream(), second.items().stream())
                        .map(Row::pk)
                        .toList())
                .isEqualTo(ids(found));
        assertThat(await(found.page(1, 2)).total()).isEqualTo(3);
    }
}
