package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.docs.Shop.list;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.Agg;
import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.r2dbc.SqliteConnectionFactory;

/** README.md at the root, and getting-started/first-app.md. */
final class FrontTests {
    private Path file;
    private Database db;

    @BeforeEach
    void open(@TempDir Path folder) {
        file = Shop.in(folder);
        db = Scratch.await(Database.open(file));
    }

    @AfterEach
    void close() {
        Scratch.await(db.close().thenReturn(true));
    }

    @Test
    void query_isOneStatementAndAStream() {
        // tag::query[]
        QuerySet<Row> books = db.objects("book")
                .filter("publisher__city", "Islandville", "reviews__stars", 5)
                .exclude("pages__lt", 100)
                .annotate("opinions", Agg.count("reviews"))
                .values("title", "publisher__name", "opinions")
                .orderBy("-published")
                .limit(3);

        Flux<Row> rows = books.flux(); // nothing was sent yet: that happens when somebody subscribes
        // end::query[]
        Shown readme = Shown.on("README.md", this, db);
        readme.sql("query", books);
        readme.output("query", list(rows));
    }

    @Test
    void first_printsWhatThePageShows() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            First.main(new String[] {file.toString()});
        } finally {
            System.setOut(out);
        }
        Shown.on("docs/getting-started/first-app.md", this, db)
                .output(
                        "first",
                        printed.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void newDatabase_isMadeAndRead(@TempDir Path folder) {
        Path file = folder.resolve("notes.db");
        // tag::create[]
        Database notes = Database.open(file)
                .flatMap(db -> db.sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
                        .execute()
                        .thenReturn(db))
                .block();

        notes.objects("note").create("text", "Hello").block();
        notes.objects("note").flux().doOnNext(System.out::println).blockLast(); // note{id=1, text=Hello}
        // end::create[]
        assertThat(list(notes.objects("note").flux())).hasToString("[note{id=1, text=Hello}]");
        Scratch.await(notes.close().thenReturn(true));
    }

    @Test
    void factory_servesBoth(@TempDir Path folder) {
        String url = "r2dbc:sqlite:file:///" + Shop.in(folder);
        // tag::r2dbc[]
        ConnectionFactory factory = ConnectionFactories.get(url); // for example r2dbc:sqlite:file:///bookshop.db

        Flux<String> titles = Flux.usingWhen(
                factory.create(),
                connection -> Flux.from(connection
                                .createStatement("SELECT title FROM book WHERE pages > ?")
                                .bind(0, 900)
                                .execute())
                        .flatMap(result -> result.map(row -> row.get("title", String.class))),
                Connection::close);

        Mono<Database> shared = Database.over(factory); // QuerySets on the same engine
        // end::r2dbc[]
        assertThat(list(titles.take(2))).containsExactly("The Northern Harbour 23", "The Hidden Letter 58");
        long thick = Scratch.await(
                shared.flatMap(db -> db.objects("book").filter("pages__gt", 900).count()));
        assertThat(thick).isEqualTo(99);
        Scratch.close((SqliteConnectionFactory) factory);
    }
}
