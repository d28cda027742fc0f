package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The semantics of writing streams of rows: text, binds, rows and number of statements. */
final class BulkSemanticsTests extends LibraryTestCase {

    private static final String RETURNING = " RETURNING \"publisher\".\"id\", \"publisher\".\"name\"";
    private static final String INSERT = "INSERT INTO \"publisher\" (\"id\", \"name\") VALUES (?, ?)";

    private static Flux<Fields> knownAndNew() {
        return Flux.just(Fields.of("id", 1, "name", "dup"), Fields.of("id", 9, "name", "new"));
    }

    @SemanticsRow(102)
    @Test
    void bulkCreate_bindsOneStatementAgainForEachRow() {
        List<String> told = new CopyOnWriteArrayList<>();
        Database db = Objects.requireNonNull(
                Database.over(library.connections, DatabaseOptions.defaults().statementListener(told::add))
                        .block(Fixture.PATIENCE));
        StepVerifier.create(db.objects("author")
                        .bulkCreate(Flux.range(0, 600).map(i -> Fields.of("name", "n" + i)))
                        .result())
                .expectNext(new BulkResult(600, 0, 0, 1))
                .expectComplete()
                .verify(Fixture.PATIENCE);
        // The driver imports them, so that only listeners hear of the statement.
        assertThat(told).containsExactly("INSERT INTO \"author\" (\"name\") VALUES (?)");
        assertThat(library.jdbc("SELECT count(*), count(DISTINCT name) FROM author WHERE name LIKE 'n%'"))
                .containsExactly(List.of(600, 600));
    }

    @SemanticsRow(102)
    @Test
    void bulkCreate_rows_areOneStatementForEachWindow() {
        String insert =
                "INSERT INTO \"author\" (\"name\") VALUES (?) RETURNING \"author\".\"id\", \"author\".\"name\", \"author\".\"email\", \"author\".\"age\", \"author\".\"mentor_id\"";
        run(authors.bulkCreate(Flux.range(0, 3).map(i -> Fields.of("name", "n" + i)))
                        .batch(2)
                        .rows()
                        .map(Row::pk))
                .statementForEach(insert, List.of("n0"), List.of("n1"))
                .statementForEach(insert, List.of("n2"))
                .gives(6L, 7L, 8L);
    }

    @SemanticsRow(102)
    @Test
    void bulkCreate_givenAndMissingKeys_keepTheOrderOfTheStream() {
        run(publishers
                        .bulkCreate(Flux.just(Fields.of("name", "x"), Fields.of("id", 50, "name", "y")))
                        .rows()
                        .map(Row::pk))
                .statementForEach(INSERT + RETURNING, Arrays.asList(null, "x"), List.of(50L, "y"))
                .gives(3L, 50L);
        assertThat(stored("publisher"))
                .containsExactly(List.of(1, "Pub1"), List.of(2, "Pub2"), List.of(3, "x"), List.of(50, "y"));
    }

    @SemanticsRow(102)
    @Test
    void bulkCreate_ignoringConflicts_givesOnlyWhatWasInserted() {
        run(publishers.bulkCreate(knownAndNew()).onConflictIgnore().rows().map(Row::pk))
                .statementForEach(
                        INSERT + " ON CONFLICT DO NOTHING" + RETURNING, List.of(1L, "dup"), List.of(9L, "new"))
                .gives(9L);
        assertThat(stored("publisher")).containsExactly(List.of(1, "Pub1"), List.of(2, "Pub2"), List.of(9, "new"));
    }

    @SemanticsRow(103)
    @Test
    void bulkCreate_updatingOnConflict_givesEveryRow() {
        run(publishers
                        .bulkCreate(knownAndNew())
                        .onConflictUpdate("id")
                        .set("name")
                        .rows()
                        .map(row -> row.asMap().toString()))
                .statementForEach(
                        INSERT + " ON CONFLICT (\"id\") DO UPDATE SET \"name\" = excluded.\"name\"" + RETURNING,
                        List.of(1L, "dup"),
                        List.of(9L, "new"))
                .gives("{id=1, name=dup}", "{id=9, name=new}");
        assertThat(stored("publisher")).containsExactly(List.of(1, "dup"), List.of(2, "Pub2"), List.of(9, "new"));
    }

    @SemanticsRow(104)
    @Test
    void bulkUpdate_bindsOneStatementAgainForEachRow() {
        String update = "UPDATE \"author\" SET \"age\" = ? WHERE \"author\".\"id\" = ?";
        run(authors.bulkUpdate(Flux.just(Fields.of("id", 1, "age", 1), Fields.of("id", 2, "age", null)), "age"))
                .statementForEach(update, List.of(1L, 1L), Arrays.asList(null, 2L))
                .gives(2L);
        run(authors.bulkUpdate(Flux.just(Fields.of("id", 1, "age", 7), Fields.of("id", 99, "age", 5)), "age"))
                .statementForEach(update, List.of(7L, 1L), List.of(5L, 99L))
                .gives(1L);
        assertThat(library.jdbc("SELECT age FROM author ORDER BY id"))
                .containsExactly(
                        List.of(7),
                        Arrays.asList((Object) null),
                        Arrays.asList((Object) null),
                        List.of(30),
                        List.of(25));
    }

    @SemanticsRow(104)
    @Test
    void bulkUpdate_withoutKeyOrColumns_isRefused() {
        library.sent();
        StepVerifier.create(authors.bulkUpdate(Flux.just(Fields.of("age", 1)), "age"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(InvalidValueException.class)
                        .hasMessage("Row 0: Invalid value for author.id: got null,"
                                + " expected a value: the row is found by it."))
                .verify(Fixture.PATIENCE);
        assertThat(library.sent()).isEmpty();
        refuses(
                () -> authors.bulkUpdate(Flux.just(Fields.of("id", 1)), "id"),
                InvalidQueryException.class,
                "cannot write \"id\": it is the key");
        refuses(
                () -> authors.bulkUpdate(Flux.just(Fields.of("id", 1))),
                InvalidQueryException.class,
                "needs the columns that it writes");
    }
}
