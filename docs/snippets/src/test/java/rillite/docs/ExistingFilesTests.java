package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/existing-files.md, and the relations of reference/querysets.md */
final class ExistingFilesTests {
    private SqliteConnectionFactory connections;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        Scratch.run(
                connections,
                "CREATE TABLE author (id INTEGER PRIMARY KEY, mentor_id INTEGER REFERENCES author)",
                "CREATE TABLE profile (id INTEGER PRIMARY KEY, author_id INTEGER UNIQUE REFERENCES author)",
                "CREATE TABLE shelf (code TEXT PRIMARY KEY)",
                "CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author,"
                        + " shelf TEXT REFERENCES shelf(code))",
                "CREATE TABLE tag (id INTEGER PRIMARY KEY)",
                "CREATE TABLE book_tag (book_id INTEGER REFERENCES book, tag_id INTEGER REFERENCES tag,"
                        + " PRIMARY KEY (book_id, tag_id))",
                "CREATE TABLE spot (room TEXT, place INTEGER, PRIMARY KEY (room, place))",
                "CREATE TABLE box (room TEXT, place INTEGER, FOREIGN KEY (room, place) REFERENCES spot)",
                "CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY)",
                "CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, ArtistId INTEGER REFERENCES Artist)",
                "CREATE TABLE customers (id INTEGER PRIMARY KEY)",
                "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers)",
                "CREATE TABLE user (id INTEGER PRIMARY KEY)",
                "CREATE TABLE follow (follower_id INTEGER REFERENCES user, followed_id INTEGER REFERENCES user,"
                        + " PRIMARY KEY (follower_id, followed_id))");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    @Test
    void look_listsWhatThereIs() {
        // tag::look[]
        Mono<List<String>> found = Database.over(connections).map(database -> {
            Schema schema = database.schema();
            schema.notes().forEach(System.out::println);
            return schema.relations("book").stream().map(Relation::name).toList();
        });
        // end::look[]
        StepVerifier.create(found)
                .expectNext(List.of("author", "shelf_ref", "book_tags", "tags"))
                .verifyComplete();
    }

    @Test
    void names_areChosen() {
        // tag::names[]
        DatabaseOptions options = DatabaseOptions.defaults()
                .relation("author.mentor_id", "mentor", "mentees")
                .relation("book.shelf", "shelf_row", "books")
                .manyToMany("follow.followed_id", "following");
        Mono<Database> opened = Database.over(connections, options);
        // end::names[]
        Schema schema = Scratch.await(opened).schema();
        assertThat(schema.relation("author", "mentees")).isPresent();
        assertThat(schema.relation("shelf", "books")).isPresent();
        assertThat(schema.relation("user", "following")).isPresent();
    }

    @Test
    void refresh_knowsTheNewTable() {
        Database database = Scratch.await(Database.over(connections));
        Scratch.run(connections, "CREATE TABLE review (id INTEGER PRIMARY KEY)");
        // tag::refresh[]
        Mono<Long> reviews =
                database.refresh().flatMap(fresh -> fresh.objects("review").count());
        // end::refresh[]
        StepVerifier.create(reviews).expectNext(0L).verifyComplete();
    }

    @Test
    void relations_haveTheNamesOfThePage() {
        String page = Pages.text("reference/querysets.md");
        Schema schema = Scratch.await(Database.over(connections)).schema();
        for (String there : List.of(
                "book.author",
                "Album.Artist",
                "orders.customer",
                "author.mentor",
                "profile.author",
                "book.shelf_ref",
                "box.spot",
                "book.tags",
                "user.followeds")) {
            String owner = there.substring(0, there.indexOf('.'));
            Relation relation =
                    schema.relation(owner, there.substring(owner.length() + 1)).orElseThrow();
            assertThat(page)
                    .contains("| `" + there + "` | `" + relation.target().name() + "." + relation.inverse() + "` |");
        }
    }
}
