package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.BulkException;
import rillite.querysets.BulkResult;
import rillite.querysets.Created;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Deleted;
import rillite.querysets.F;
import rillite.querysets.Fields;
import rillite.querysets.Link;
import rillite.querysets.NotUpdatedException;
import rillite.querysets.ProtectedException;
import rillite.querysets.Q;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.schema.ForeignKey.Action;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/writing.md */
final class WritingTests {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Long> shown = new CopyOnWriteArrayList<>();
    private SqliteConnectionFactory connections;
    private Database db;
    private QuerySet<Row> authors;
    private QuerySet<Row> books;
    private QuerySet<Row> jobs;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        Scratch.run(
                connections,
                "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE,"
                        + " visits INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)",
                "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INTEGER,"
                        + " author_id INTEGER NOT NULL REFERENCES author ON DELETE CASCADE)",
                "CREATE TABLE award (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author ON DELETE RESTRICT)",
                "CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
                "CREATE TABLE book_tag (book_id INTEGER NOT NULL REFERENCES book ON DELETE CASCADE, tag_id INTEGER NOT NULL"
                        + " REFERENCES tag ON DELETE CASCADE, since TEXT, PRIMARY KEY (book_id, tag_id))",
                "CREATE TABLE job (id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'open')",
                "INSERT INTO author (id, name, email) VALUES (1, 'Ann', 'ann@example.org'), (2, 'Bob', 'bob@example.org')",
                "INSERT INTO book VALUES (1, 'One', 100, 1), (2, 'Two', 50, 2)",
                "INSERT INTO award VALUES (7, 1)",
                "INSERT INTO tag VALUES (1, 'sea'), (2, 'sky'), (3, 'land')",
                "INSERT INTO book_tag VALUES (1, 1, NULL)",
                "INSERT INTO job (id) VALUES (1), (2), (3)");
        db = Scratch.await(Database.over(connections));
        authors = db.objects("author");
        books = db.objects("book");
        jobs = db.objects("job");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    @Test
    void oneRow_isCreatedUpdatedAndSaved() {
        Row ann = Scratch.await(authors.get("id", 1));

        // tag::create[]
        Mono<Row> book = books.create("title", "Three", "pages", 30, "author", ann);
        // end::create[]
        StepVerifier.create(book.map(Row::pk)).expectNext(3L).verifyComplete();

        // tag::updateRow[]
        Mono<Row> renamed = authors.updateRow(Fields.of("id", 1, "name", "Anna"));
        Mono<Row> saved = authors.save(Fields.of("id", 9, "name", "Cid"));
        // end::updateRow[]
        StepVerifier.create(renamed.map(row -> row.get("name")))
                .expectNext("Anna")
                .verifyComplete();
        StepVerifier.create(saved.map(Row::pk)).expectNext(9L).verifyComplete();
    }

    @Test
    void lock_seesWhoWasFirst() {
        // tag::lock[]
        Mono<Row> rename = authors.get("id", 1)
                .flatMap(read -> authors.updateRow(Fields.of(read).with("name", "Anna"), "name")
                        .ifUnchanged("version"));
        // end::lock[]
        StepVerifier.create(rename.map(row -> row.get("version")))
                .expectNext(2L)
                .verifyComplete();

        Row old = Scratch.await(authors.get("id", 2));
        Scratch.await(authors.filter("id", 2).update("version", 5));
        StepVerifier.create(authors.updateRow(old, "name").ifUnchanged("version"))
                .expectError(NotUpdatedException.class)
                .verify(PATIENCE);
    }

    @Test
    void sets_areOneStatement() {
        // tag::set[]
        Mono<Long> longer = books.filter("author__name", "Ann")
                .update("pages", F.of("pages").plus(1));
        // end::set[]
        StepVerifier.create(longer).expectNext(1L).verifyComplete();

        // tag::claim[]
        Flux<Row> claimed = jobs.filter("state", "open").orderBy("id").limit(1).updateReturning("state", "taken");
        // end::claim[]
        StepVerifier.create(claimed.map(Row::pk)).expectNext(1L).verifyComplete();
        StepVerifier.create(claimed.map(Row::pk)).expectNext(2L).verifyComplete();
    }

    @Test
    void delete_tellsWhatWentWithIt() {
        // tag::delete[]
        Mono<Deleted> deleted = authors.filter("name", "Bob").delete();
        // end::delete[]
        StepVerifier.create(deleted)
                .assertNext(what -> {
                    assertThat(what.total()).isEqualTo(2);
                    assertThat(what.byTable()).containsEntry("book", 1L).containsEntry("author", 1L);
                })
                .verifyComplete();

        // tag::protected[]
        Mono<String> told = authors.filter("name", "Ann")
                .delete()
                .map(what -> what.total() + " rows")
                .onErrorResume(
                        ProtectedException.class, error -> Mono.just("kept for " + error.table() + " " + error.keys()));
        // end::protected[]
        StepVerifier.create(told).expectNext("kept for award [7]").verifyComplete();

        // tag::rules[]
        DatabaseOptions options = DatabaseOptions.defaults().onDelete("award.author_id", Action.CASCADE);
        // end::rules[]
        Database other = Scratch.await(Database.over(connections, options));
        StepVerifier.create(
                        other.objects("author").filter("name", "Ann").delete().map(Deleted::total))
                .expectNext(4L)
                .verifyComplete();
    }

    private void show(BulkResult now) {
        shown.add(now.inserted());
    }

    @Test
    void bulk_takesAStream() {
        Flux<Fields> rows = Flux.range(0, 2_500).map(i -> Fields.of("name", "n" + i, "email", i + "@example.org"));

        // tag::bulk[]
        Mono<BulkResult> result = authors.bulkCreate(rows).batch(1_000).result();
        // end::bulk[]
        StepVerifier.create(result).expectNext(new BulkResult(2_500, 0, 0, 3)).verifyComplete();
        Scratch.await(authors.filter("id__gt", 2).deleteFast());

        // tag::progress[]
        Flux<BulkResult> progress =
                authors.bulkCreate(rows).batch(1_000).progress().doOnNext(this::show);
        // end::progress[]
        Scratch.await(progress);
        assertThat(shown).containsExactly(1_000L, 2_000L, 2_500L);

        // tag::upsert[]
        Mono<BulkResult> counted = authors.bulkCreate(rows.map(row -> row.with("visits", 1)))
                .onConflictUpdate("email")
                .set(Fields.of("visits", F.of("visits").plus(F.excluded("visits"))))
                .where(Q.of("visits__lt", 100))
                .result();
        // end::upsert[]
        StepVerifier.create(counted).expectNext(new BulkResult(0, 0, 2_500, 1)).verifyComplete();

        // tag::bulkUpdate[]
        Mono<Long> changed =
                authors.bulkUpdate(Flux.just(Fields.of("id", 1, "name", "A"), Fields.of("id", 2, "name", "B")), "name");
        // end::bulkUpdate[]
        StepVerifier.create(changed).expectNext(2L).verifyComplete();
    }

    @Test
    void bulk_goesOnAfterAnError() {
        Flux<Fields> rows = Flux.range(0, 30)
                .map(i -> Fields.of("name", "n" + i, "email", i == 25 ? "ann@example.org" : i + "@example.org"));

        // tag::error[]
        Mono<String> told = authors.bulkCreate(rows)
                .batch(10)
                .result()
                .map(BulkResult::toString)
                .onErrorResume(
                        BulkException.class,
                        error -> Mono.just(error.committed().inserted() + " are in, row " + error.row() + " is not"));
        // end::error[]
        StepVerifier.create(told).expectNext("20 are in, row 25 is not").verifyComplete();
    }

    @Test
    void getOrCreate_makesOneRow() {
        // tag::getOrCreate[]
        Mono<Created<Row>> author =
                authors.getOrCreate(Fields.of("email", "eve@example.org"), Fields.of("name", "Eve"));
        // end::getOrCreate[]
        StepVerifier.create(Flux.merge(author, author, author).filter(Created::created))
                .expectNextCount(1)
                .verifyComplete();

        // tag::updateOrCreate[]
        Mono<Created<Row>> seen = authors.updateOrCreate(
                Fields.of("email", "eve@example.org"),
                Fields.of("visits", F.of("visits").plus(1)),
                Fields.of("name", "Eve", "visits", 1));
        // end::updateOrCreate[]
        StepVerifier.create(seen.map(row -> row.value().get("visits")))
                .expectNext(1L)
                .verifyComplete();
    }

    @Test
    void links_areChangedByKey() {
        // tag::link[]
        Link tags = db.link("book", "tags", 1L);
        Mono<Long> added = tags.add(1L, 2L);
        Mono<Long> set = tags.set(2L, 3L);
        Mono<Row> made = tags.create("name", "wind");
        Mono<Long> since = tags.add(List.of(1L), Fields.of("since", "2026"));
        // end::link[]
        StepVerifier.create(added).expectNext(1L).verifyComplete();
        StepVerifier.create(set).expectNext(2L).verifyComplete();
        StepVerifier.create(made.map(Row::pk)).expectNext(4L).verifyComplete();
        StepVerifier.create(since).expectNext(1L).verifyComplete();
    }
}
