package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.Fts;
import rillite.querysets.InvalidValueException;
import rillite.querysets.Q;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/search.md */
final class SearchTests {
    private static final String PAGE = Pages.text("guides/search.md");

    // tag::hit[]
    record Hit(long id, String title, String part) {}
    // end::hit[]

    private SqliteConnectionFactory connections;
    private Database database;
    private QuerySet<Row> books;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        Scratch.run(
                connections,
                "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, pages INTEGER NOT"
                        + " NULL)",
                "CREATE VIRTUAL TABLE note_search USING fts5(text)",
                "INSERT INTO note_search (rowid, text) VALUES (2, 'a fox')");
        // tag::index[]
        List<String> index = List.of(
                "CREATE VIRTUAL TABLE book_search USING fts5(title, body, content='book', content_rowid='id')",
                "CREATE TRIGGER book_added AFTER INSERT ON book BEGIN"
                        + " INSERT INTO book_search (rowid, title, body) VALUES (new.id, new.title, new.body); END",
                "CREATE TRIGGER book_removed AFTER DELETE ON book BEGIN"
                        + " INSERT INTO book_search (book_search, rowid, title, body)"
                        + " VALUES ('delete', old.id, old.title, old.body); END",
                "CREATE TRIGGER book_changed AFTER UPDATE ON book BEGIN"
                        + " INSERT INTO book_search (book_search, rowid, title, body)"
                        + " VALUES ('delete', old.id, old.title, old.body);"
                        + " INSERT INTO book_search (rowid, title, body) VALUES (new.id, new.title, new.body); END",
                "INSERT INTO book_search (book_search) VALUES ('rebuild')");
        // end::index[]
        Scratch.run(connections, index.toArray(new String[0]));
        Scratch.run(
                connections,
                "INSERT INTO book VALUES (1, 'Foxes', 'quick foxes jump', 90), (2, 'Dogs', 'lazy dogs', 100),"
                        + " (3, 'The Fox', 'A fox is a fox is a fox, they say, and it jumps', 500)",
                "UPDATE book SET title = 'Quick foxes' WHERE id = 1");
        database = Scratch.await(Database.over(connections));
        books = database.objects("book");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    private static void shows(QuerySet<?> query, String part) {
        assertThat(query.toSql().sql()).contains(part);
        assertThat(PAGE).contains("`" + part + "`");
    }

    @Test
    void find_joinsTheIndex() {
        String input = "QUICK \"foxes";
        // tag::find[]
        QuerySet<Row> found = books.filter(Fts.match("book_search", Fts.words(input)), Q.of("pages__lt", 300))
                .orderBy(Fts.rank("book_search").asc())
                .limit(20);
        // end::find[]

        StepVerifier.create(found.flux().map(Row::pk)).expectNext(1L).verifyComplete();
        shows(found, "\"book_search\".\"book_search\" MATCH ?");
        shows(found, "ORDER BY \"book_search\".\"rank\"");
        shows(books.filter("book_search__title__match", "fox"), "\"book_search\".\"title\" MATCH ?");
        shows(
                books.orderBy(Fts.rank("book_search", 10, 1).asc()),
                "ORDER BY bm25(\"book_search\".\"book_search\", ?, ?)");
        shows(
                books.annotate("x", Fts.highlight("book_search__title", "<b>", "</b>")),
                "highlight(\"book_search\".\"book_search\", 0, ?, ?)");
        shows(
                books.annotate("x", Fts.snippet("book_search__body", "<b>", "</b>", "..", 12)),
                "snippet(\"book_search\".\"book_search\", 1, ?, ?, ?, 12)");
    }

    @Test
    void show_marksWhatWasFound() {
        String input = "fox jum";
        // tag::show[]
        Flux<Hit> hits = books.filter(Fts.match("book_search", Fts.prefix(input)))
                .orderBy(Fts.rank("book_search").asc())
                .annotate("part", Fts.snippet("book_search__body", "[", "]", "..", 6))
                .into(Hit.class)
                .flux();
        // end::show[]

        StepVerifier.create(hits)
                .assertNext(hit -> assertThat(hit.part()).contains("[fox]"))
                .verifyComplete();
    }

    @Test
    void wrongQuery_isAnError() {
        StepVerifier.create(books.filter(Fts.match("book_search", "fox AND")))
                .expectError(InvalidValueException.class)
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void lookup_takesRowids() {
        // tag::lookup[]
        QuerySet<Row> found = books.filter(
                "id__in",
                database.objects("note_search").filter("text__match", "fox").values("pk"));
        // end::lookup[]

        StepVerifier.create(found.flux().map(Row::pk)).expectNext(2L).verifyComplete();
    }
}
