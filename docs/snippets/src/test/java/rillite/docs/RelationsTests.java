package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.NotLoadedException;
import rillite.querysets.Prefetch;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/relations.md */
final class RelationsTests {
    private SqliteConnectionFactory connections;
    private Database database;
    private QuerySet<Row> authors;
    private QuerySet<Row> books;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        // tag::schema[]
        String schema = """
                CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                CREATE TABLE book (
                    id INTEGER PRIMARY KEY,
                    title TEXT NOT NULL,
                    pages INTEGER NOT NULL,
                    author_id INTEGER NOT NULL REFERENCES author(id)
                );
                CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                CREATE TABLE book_tag (
                    book_id INTEGER NOT NULL REFERENCES book(id),
                    tag_id INTEGER NOT NULL REFERENCES tag(id),
                    PRIMARY KEY (book_id, tag_id)
                );
                CREATE INDEX book_author ON book(author_id);""";
        // end::schema[]
        Scratch.run(connections, schema.split(";\\n?"));
        Scratch.run(
                connections,
                "INSERT INTO author VALUES (1, 'Ada'), (2, 'Ben')",
                "INSERT INTO book VALUES (1, 'Short', 90, 1), (2, 'Long', 700, 1), (3, 'Middle', 300, 2)",
                "INSERT INTO tag VALUES (1, 'sea')",
                "INSERT INTO book_tag VALUES (2, 1)");
        database = Scratch.await(Database.over(connections));
        authors = database.objects("author").orderBy("id");
        books = database.objects("book").orderBy("id");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    @Test
    void selectRelated_readsTheOtherRowToo() {
        // tag::select[]
        Flux<String> lines = books.selectRelated("author")
                .flux()
                .map(book -> book.get("title") + " by " + book.one("author").get("name"));
        // end::select[]
        StepVerifier.create(lines)
                .expectNext("Short by Ada", "Long by Ada", "Middle by Ben")
                .verifyComplete();
    }

    @Test
    void prefetchRelated_readsListsOfRows() {
        // tag::prefetch[]
        Mono<List<Row>> all = authors.prefetchRelated("books__tags").list();
        Mono<Integer> tags = all.map(rows -> rows.stream()
                .flatMap(author -> author.list("books").stream())
                .mapToInt(book -> book.list("tags").size())
                .sum());
        // end::prefetch[]
        StepVerifier.create(tags).expectNext(1).verifyComplete();
    }

    @Test
    void prefetch_takesAQuery() {
        // tag::query[]
        Prefetch longest =
                Prefetch.of("books", book -> book.orderBy("-pages").limit(1)).as("longest");
        Flux<Object> titles = authors.prefetchRelated(longest)
                .flux()
                .map(author -> author.list("longest").get(0).get("title"));
        // end::query[]
        StepVerifier.create(titles).expectNext("Long", "Middle").verifyComplete();
    }

    @Test
    void load_addsToRowsInHand() {
        // tag::load[]
        Flux<Row> withTags = books.flux()
                .buffer(100)
                .concatMap(rows -> database.load(rows, "tags"))
                .flatMapIterable(rows -> rows);
        // end::load[]
        StepVerifier.create(withTags.map(book -> book.list("tags").size()))
                .expectNext(0, 1, 0)
                .verifyComplete();
    }

    @Test
    void whatWasNotLoaded_isAnErrorThatNamesTheCall() {
        Row book = Scratch.await(books.get("id", 1));

        assertThatThrownBy(() -> book.one("author"))
                .isInstanceOf(NotLoadedException.class)
                .hasMessageContaining("selectRelated(\"author\")");
        assertThat(Pages.text("guides/relations.md")).contains(message(book));
    }

    private static String message(Row book) {
        try {
            return String.valueOf(book.one("author"));
        } catch (NotLoadedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void only_readsSomeColumns() {
        // tag::only[]
        QuerySet<Row> titles = books.selectRelated("author").only("title", "author__name");
        // end::only[]
        assertThat(Scratch.await(titles.first()).unloadedNames()).containsExactly("pages");
    }
}
