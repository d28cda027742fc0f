package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/testing.md */
final class TestingTests {
    // tag::open[]
    private SqliteConnectionFactory connections;
    private Database database;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + folder.resolve("test.db"));
        run("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INTEGER)");
        database = Database.over(connections).block();
    }

    private void run(String sql) {
        Mono<Void> done = Mono.usingWhen(
                connections.create(),
                connection -> Flux.from(connection.createStatement(sql).execute())
                        .concatMap(Result::getRowsUpdated)
                        .then(),
                Connection::close);
        StepVerifier.create(done).verifyComplete();
    }
    // end::open[]

    // tag::leaks[]
    @AfterEach
    void nothingLeaks() {
        await().until(() -> connections.statistics().idle());
        StepVerifier.create(connections.close()).verifyComplete();
    }
    // end::leaks[]

    // tag::step[]
    @Test
    void create_thenRead() {
        QuerySet<Row> books = database.objects("book");

        StepVerifier.create(books.create("title", "Dune", "pages", 412))
                .assertNext(book -> assertThat(book.get("id")).isEqualTo(1L))
                .verifyComplete();

        StepVerifier.create(books.filter("pages__gt", 400))
                .assertNext(book -> assertThat(book.get("title")).isEqualTo("Dune"))
                .verifyComplete();
    }
    // end::step[]

    // tag::demand[]
    @Test
    void subscriberThatLeaves_holdsNothing() {
        run(
                "INSERT INTO book (title) WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) SELECT i FROM n");

        StepVerifier.create(database.objects("book"), 0)
                .thenRequest(2)
                .expectNextCount(2)
                .thenCancel()
                .verify();
    }
    // end::demand[]

    // tag::sql[]
    @Test
    void longBooks_areOneStatement() {
        QuerySet<Row> books = database.objects("book").filter("pages__gte", 500).values("title");

        assertThat(books.toSql().sql())
                .isEqualTo("SELECT \"book\".\"title\" FROM \"book\" WHERE \"book\".\"pages\" >= ?");
        assertThat(books.toSql().binds()).containsExactly(500L);
    }
    // end::sql[]
}
