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
import reactor.core.publisher.Mono;

/** Relations of rows that are in hand. */
final class LoadTests {

    @TempDir
    Path directory;

    private Fixture fixture;
    private Database db;

    @BeforeEach
    void open() {
        fixture = Fixture.library(Access.DRIVER, directory);
        db = fixture.db;
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private List<Row> authors() {
        return authors(db.objects("author"));
    }

    private List<Row> authors(QuerySet<Row> query) {
        List<Row> rows = Objects.requireNonNull(query.orderBy("id").list().block(Fixture.PATIENCE));
        fixture.sent();
        return rows;
    }

    private List<Row> loaded(Mono<List<Row>> load, int statements) {
        List<Row> rows = Objects.requireNonNull(load.block(Fixture.PATIENCE));
        assertThat(fixture.sent()).hasSize(statements);
        return rows;
    }

    @Test
    void load_givesCopiesInTheSameOrder() {
        List<Row> some = authors();
        List<Row> reversed = List.of(some.get(3), some.get(0), some.get(0));
        List<Row> loaded = loaded(db.load(reversed, "books"), 1);
        assertThat(loaded).isEqualTo(reversed);
        assertThat(loaded.get(1).list("books")).extracting(Row::pk).containsExactly(1L, 2L);
        assertThat(loaded.get(2)).isSameAs(loaded.get(1));
        assertThat(some.get(0).isLoaded("books")).isFalse();
        assertThat(loaded(db.load(List.of(), "books"), 0)).isEmpty();
    }

    @Test
    void load_severalPaths_isOneStatementForEachLevel() {
        List<Row> loaded = loaded(db.load(authors(), "books__tags", "mentor", "profile"), 4);
        assertThat(loaded.get(0).list("books").get(0).list("tags")).hasSize(2);
        assertThat(Objects.requireNonNull(loaded.get(1).one("mentor")).get("name"))
                .isEqualTo("Ann");
        assertThat(loaded.get(2).one("profile")).isNull();
        assertThat(loaded.get(2).isLoaded("profile")).isTrue();
    }

    @Test
    void load_whatIsThere_isKeptAndWidened() {
        List<Row> some = authors(db.objects("author").prefetchRelated("books"));
        db.objects("book").filter("id", 2).update("title", "changed").block(Fixture.PATIENCE);
        fixture.sent();
        List<Row> loaded = loaded(db.load(some, "books__tags"), 1);
        Row book = loaded.get(0).list("books").get(1);
        assertThat(book.get("title")).isEqualTo("A2");
        assertThat(book.list("tags")).hasSize(1);
        assertThat(book.one("author")).isEqualTo(some.get(0));
        assertThat(some.get(0).list("books").get(1).isLoaded("tags")).isFalse();
        loaded(db.load(loaded, "books__tags"), 0);
    }

    @Test
    void load_mixedRows_readsOnlyForThoseThatLackIt() {
        List<Row> with = authors(db.objects("author").filter("id", 1).prefetchRelated("books"));
        List<Row> without = authors(db.objects("author").filter("id", 2).selectRelated("mentor"));
        List<Row> loaded = loaded(db.load(List.of(with.get(0), without.get(0)), "books__tags"), 2);
        assertThat(loaded.get(1).list("books").get(0).list("tags")).hasSize(2);
        assertThat(loaded.get(0).list("books").get(0).list("tags")).hasSize(2);
        assertThat(loaded.get(1).isLoaded("mentor")).isTrue();
        assertThat(loaded.get(0).isLoaded("mentor")).isFalse();
    }

    @Test
    void load_joinedRows_areNotReadAgain() {
        List<Row> books = authors(db.objects("book").selectRelated("author"));
        List<Row> loaded = loaded(db.load(books, "author__books"), 1);
        assertThat(Objects.requireNonNull(loaded.get(1).one("author")).list("books"))
                .hasSize(2);
    }

    @Test
    void reload_readsEverythingOnThePathAgain() {
        List<Row> some = authors(db.objects("author").prefetchRelated("books"));
        db.objects("book").filter("id", 2).update("title", "changed").block(Fixture.PATIENCE);
        fixture.sent();
        List<Row> loaded = loaded(db.reload(some, "books__tags"), 2);
        assertThat(loaded.get(0).list("books").get(1).get("title")).isEqualTo("changed");
        assertThat(some.get(0).list("books").get(1).get("title")).isEqualTo("A2");
    }

    @Test
    void load_byAQueryOfItsOwn_underAName() {
        List<Row> loaded = loaded(
                db.load(
                        authors(),
                        Prefetch.of("books", q -> q.orderBy("-pages").limit(1)).as("top")),
                1);
        assertThat(loaded.get(0).list("top")).extracting(Row::pk).containsExactly(2L);
        assertThatThrownBy(() -> loaded.get(0).list("books")).isInstanceOf(NotLoadedException.class);
    }

    @Test
    void load_knownOwners_needNoStatement() {
        List<Row> loaded = loaded(db.load(authors(), "mentees__mentor"), 1);
        assertThat(loaded.get(0).list("mentees").get(0).one("mentor")).isEqualTo(loaded.get(0));
    }

    @Test
    void load_inATransaction_seesItsWrites() {
        List<Row> some = authors();
        Long count = db.inTransaction(transaction -> db.objects("book")
                        .filter("author", 1)
                        .delete()
                        .then(db.load(some, "books"))
                        .map(rows -> (long) rows.get(0).list("books").size()))
                .blockLast(Fixture.PATIENCE);
        assertThat(count).isZero();
    }

    @Test
    void load_rowsWithoutTheKey_sayWhichColumnIsMissing() {
        List<Row> some =
                Objects.requireNonNull(db.objects("book").values("title").list().block(Fixture.PATIENCE));
        assertThatThrownBy(() -> db.load(some, "author").block(Fixture.PATIENCE))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessageContaining("book.author_id was not read");
    }

    @Test
    void load_wrongPathsAndMixedTables_areErrorsAtOnce() {
        List<Row> some = authors();
        Row book = Objects.requireNonNull(db.objects("book").first().block(Fixture.PATIENCE));
        assertThatThrownBy(() -> db.load(some, "boks")).isExactlyInstanceOf(UnknownRelationException.class);
        assertThatThrownBy(() -> db.load(List.of(some.get(0), book), "books"))
                .isExactlyInstanceOf(InvalidValueException.class)
                .hasMessage("All rows of one load must be of one table, these are of [author, book].");
    }
}
