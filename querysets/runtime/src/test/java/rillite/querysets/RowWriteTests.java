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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** One row at a time: related rows as values, updates by key, optimistic locks, save. */
@ParameterizedClass
@EnumSource(Access.class)
final class RowWriteTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;
    private Database db;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, """
                CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL, UNIQUE (id, name));
                CREATE TABLE person (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL,
                    age INTEGER,
                    version INTEGER NOT NULL DEFAULT 1,
                    seen TEXT,
                    team_id INTEGER REFERENCES team,
                    loud TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL
                );
                CREATE TABLE seat (
                    room TEXT, place INTEGER, team_id INTEGER, team_name TEXT, note TEXT,
                    PRIMARY KEY (room, place),
                    FOREIGN KEY (team_id, team_name) REFERENCES team (id, name)
                );
                CREATE TABLE word (text TEXT PRIMARY KEY) WITHOUT ROWID;
                INSERT INTO team VALUES (1, 'red'), (2, 'blue');
                INSERT INTO person (id, name, age, team_id) VALUES (1, 'Ann', 40, 1), (2, 'Bob', 30, NULL);
                INSERT INTO seat VALUES ('a', 1, 1, 'red', NULL);
                """);
        db = fixture.db;
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private QuerySet<Row> persons() {
        return db.objects("person");
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private Row row(String table, Object key) {
        Row row = answer(db.objects(table).find(key));
        fixture.sent();
        return row;
    }

    @Test
    void relatedRow_asValue_isWrittenWithoutReadingIt() {
        Row blue = row("team", 2);
        assertThat(answer(persons().create("name", "Cid", "team", blue)).get("team_id"))
                .isEqualTo(2L);
        assertThat(answer(persons().filter("id", 2).update("team", blue))).isEqualTo(1);
        assertThat(answer(persons().create("name", "Dan", "team_id", blue)).get("team_id"))
                .isEqualTo(2L);
        assertThat(fixture.sent()).hasSize(3).noneMatch(sql -> sql.startsWith("SELECT"));
    }

    @Test
    void relatedRow_byAKeyOfSeveralColumns_fillsThemAll() {
        Row blue = row("team", 2);
        assertThat(answer(db.objects("seat").create("room", "b", "place", 1, "team", blue))
                        .asMap())
                .containsEntry("team_id", 2L)
                .containsEntry("team_name", "blue");
        answer(db.objects("seat").byId(List.of("a", 1)).update("team", List.of(2, "blue")));
        answer(db.objects("seat").byId(List.of("b", 1)).update("team", null));
        assertThat(fixture.jdbc("SELECT team_id, team_name FROM seat ORDER BY room")
                        .toString())
                .isEqualTo("[[2, blue], [null, null]]");
        assertThatThrownBy(() -> db.objects("seat").update("team", 2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("a list of 2 values: [team_id, team_name]");
    }

    @Test
    void relatedRow_ofAnotherTable_isRefused() {
        Row ann = row("person", 1);
        assertThatThrownBy(() -> persons().create("name", "x", "team", ann)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> persons().create("name", ann)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> db.objects("team").update("persons", 1))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("db.link(\"team\", \"persons\", key)");
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void updateRow_writesTheNamedColumns_andGivesTheRow() {
        Row changed = answer(persons().updateRow(Fields.of("id", 1, "name", "Anna", "age", 41), "name"));
        assertThat(fixture.sent())
                .containsExactly("UPDATE \"person\" SET \"name\" = ? WHERE \"person\".\"id\" = ? RETURNING"
                        + " \"person\".\"id\", \"person\".\"name\", \"person\".\"age\", \"person\".\"version\","
                        + " \"person\".\"seen\", \"person\".\"team_id\", \"person\".\"loud\"");
        assertThat(changed.get("name")).isEqualTo("Anna");
        assertThat(changed.get("age")).isEqualTo(40L);
        assertThat(changed.get("loud")).isEqualTo("ANNA");
    }

    @Test
    void updateRow_withoutNames_writesAllButTheKey() {
        Row ann = row("person", 1);
        answer(persons().filter("id", 1).update("name", "Changed", "age", 1));
        assertThat(answer(persons().updateRow(ann))).isEqualTo(ann);
        assertThat(answer(persons().updateRow(Fields.of(row("person", 2)).with("age", 31), "age"))
                        .get("age"))
                .isEqualTo(31L);
        assertThat(answer(db.objects("seat").updateRow(Fields.of("pk", List.of("a", 1), "note", "x")))
                        .get("note"))
                .isEqualTo("x");
    }

    @Test
    void updateRow_ofNoRow_isAnError() {
        StepVerifier.create(persons().updateRow(Fields.of("id", 9, "name", "x")))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(NotUpdatedException.class)
                        .hasMessage("updateRow changed no row of person with key 9: there is no such row."))
                .verify(Fixture.PATIENCE);
        StepVerifier.create(persons().filter("age__gt", 35).updateRow(Fields.of("id", 2, "name", "x")))
                .expectError(NotUpdatedException.class)
                .verify(Fixture.PATIENCE);
    }

    @Test
    void updateRow_whatCannotBe_isRefusedBeforeSending() {
        assertThatThrownBy(() -> persons().updateRow(Fields.of("name", "x"))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> persons().updateRow(Fields.of("id", 1))).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> persons().updateRow(Fields.of("id", 1, "name", "x"), "id"))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> persons().updateRow(Fields.of("id", 1, "name", "x"), "age"))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> persons().updateRow(Fields.of("id", 1, "name", null)))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> persons().limit(1).updateRow(Fields.of("id", 1, "name", "x")))
                .isInstanceOf(InvalidQueryException.class);
        Row team = row("team", 1);
        assertThatThrownBy(() -> persons().updateRow(team)).isInstanceOf(InvalidValueException.class);
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void ifUnchanged_countsAVersionUp_andSeesWhoWasFirst() {
        Fields read = Fields.of(row("person", 1));
        Row first = answer(persons().updateRow(read.with("age", 41), "age").ifUnchanged("version"));
        assertThat(first.get("version")).isEqualTo(2L);
        assertThat(fixture.sent().get(0))
                .startsWith("UPDATE \"person\" SET \"age\" = ?, \"version\" = (\"person\".\"version\" + 1)"
                        + " WHERE \"person\".\"id\" = ? AND \"person\".\"version\" = ? RETURNING");

        StepVerifier.create(persons().updateRow(read.with("age", 99), "age").ifUnchanged("version"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(NotUpdatedException.class)
                        .hasMessage("updateRow changed no row of person with key 1: there is no such row, or its"
                                + " version was changed since it was read. Read it again."))
                .verify(Fixture.PATIENCE);
        assertThat(row("person", 1).get("age")).isEqualTo(41L);
    }

    @Test
    void ifUnchanged_ofAnyValue_comparesWithNullToo() {
        answer(persons().updateRow(Fields.of("id", 1, "seen", "today")).ifUnchanged("seen", null));
        StepVerifier.create(
                        persons().updateRow(Fields.of("id", 1, "seen", "later")).ifUnchanged("seen", null))
                .expectError(NotUpdatedException.class)
                .verify(Fixture.PATIENCE);
        answer(persons()
                .updateRow(Fields.of("id", 1, "age", 1, "seen", "today"), "age")
                .ifUnchanged("seen"));
        assertThat(row("person", 1).get("seen")).isEqualTo("today");
        assertThatThrownBy(
                        () -> persons().updateRow(Fields.of("id", 1, "age", 1)).ifUnchanged("version"))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void ifUnchanged_ofManyAtOnce_letsOneWinEachRound() {
        Fields read = Fields.of(row("person", 1));
        Long winners = Flux.range(0, 40)
                .flatMap(
                        i -> persons()
                                .updateRow(read.with("age", i), "age")
                                .ifUnchanged("version")
                                .map(row -> 1L)
                                .onErrorResume(NotUpdatedException.class, lost -> Mono.just(0L)),
                        access == Access.BARE ? 1 : 40)
                .reduce(0L, Long::sum)
                .block(Fixture.PATIENCE);
        assertThat(winners).isEqualTo(1);
    }

    @Test
    void save_updatesOrCreates_inOneTransaction() {
        assertThat(answer(persons().save(Fields.of("id", 2, "age", 33))).get("name"))
                .isEqualTo("Bob");
        assertThat(fixture.sent()).hasSize(1);
        assertThat(answer(persons().save(Fields.of("id", 7, "name", "New"))).pk())
                .isEqualTo(7L);
        assertThat(fixture.sent()).hasSize(2);
        assertThat(answer(persons().save(Fields.of("name", "Auto"))).pk()).isEqualTo(8L);
        assertThat(fixture.sent()).hasSize(1);
        assertThat(answer(db.objects("word").save(Fields.of("text", "a"))).pk()).isEqualTo("a");
        assertThat(answer(db.objects("word").save(Fields.of("text", "a"))).pk()).isEqualTo("a");
        Row ann = row("person", 1);
        answer(persons().deleteRow(ann));
        assertThat(answer(persons().save(ann))).isEqualTo(ann);
    }

    @Test
    void save_ofAnIncompleteNewRow_failsAndWritesNothing() {
        StepVerifier.create(persons().save(Fields.of("id", 9, "age", 3)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("person.name"))
                .verify(Fixture.PATIENCE);
        assertThat(answer(persons().count())).isEqualTo(2);
    }

    @Test
    void deleteRow_deletesByKey_withinTheQuery() {
        Row ann = row("person", 1);
        assertThat(answer(persons().filter("age", 1).deleteRow(ann)).total()).isZero();
        assertThat(answer(persons().deleteRow(ann))).isEqualTo(Deleted.of("person", 1));
        assertThat(answer(persons().deleteRow(ann))).isEqualTo(new Deleted(java.util.Map.of()));
    }

    @Test
    void updateReturning_givesAllRowsAsStored() {
        List<Row> rows =
                answer(persons().updateReturning("age", F.of("id").times(10)).collectList());
        assertThat(rows).extracting(row -> row.get("age")).containsExactlyInAnyOrder(10L, 20L);
        assertThat(rows).extracting(row -> row.get("loud")).containsExactlyInAnyOrder("ANN", "BOB");
        assertThat(answer(persons().none().updateReturning("age", 1).collectList()))
                .isEmpty();
        assertThat(fixture.sent()).hasSize(1);
    }

    @Test
    void updateReturning_ofAnOrderedSlice_claimsEachRowOnce() {
        answer(persons()
                .bulkCreate(Flux.range(0, 50).map(i -> Fields.of("name", "job", "age", 0)))
                .result());
        QuerySet<Row> open = persons().filter("name", "job").orderBy("id").limit(1);
        List<Object> claimed = Flux.range(0, 60)
                .flatMap(i -> open.updateReturning("name", "taken").map(Row::pk), access == Access.BARE ? 1 : 16)
                .collectList()
                .block(Fixture.PATIENCE);
        assertThat(claimed).hasSize(50).doesNotHaveDuplicates();
        fixture.sent();
        open.updateReturning("name", "taken").blockLast(Fixture.PATIENCE);
        assertThat(fixture.sent())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith(
                        "UPDATE \"person\" SET \"name\" = ? WHERE \"person\".\"id\" IN (SELECT \"person\".\"id\""
                                + " FROM \"person\" WHERE \"person\".\"name\" = ? ORDER BY \"person\".\"id\" LIMIT ?) RETURNING");
    }

    @Test
    void deleteReturning_givesTheRowsAsTheyWere() {
        assertThat(answer(persons().filter("id", 2).deleteReturning().collectList()))
                .singleElement()
                .extracting(row -> row.get("name"))
                .isEqualTo("Bob");
        assertThat(answer(persons().deleteFast())).isEqualTo(1);
        assertThat(answer(persons().none().deleteFast())).isZero();
    }

    @Test
    void returning_moreThanTheCap_isTakenBack() {
        Fixture small = Fixture.ofScript(
                access,
                directory,
                "CREATE TABLE n (id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO n VALUES (1, 1), (2, 1), (3, 1)",
                DatabaseOptions.defaults().maxMaterializeRows(2));
        QuerySet<Row> n = small.db.objects("n");
        for (Flux<Row> write : List.of(n.updateReturning("v", 2), n.deleteReturning())) {
            StepVerifier.create(write)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(InvalidQueryException.class)
                            .hasMessageContaining("more than 2 rows")
                            .hasMessageContaining("nothing was written"))
                    .verify(Fixture.PATIENCE);
        }
        assertThat(small.jdbc("SELECT sum(v) FROM n")).containsExactly(List.of(3));
        assertThat(answer(n.orderBy("id").limit(2).updateReturning("v", 5).collectList()))
                .hasSize(2);
        small.awaitClosed();
        small.close();
    }

    @Test
    void write_afterACombination_isRefused() {
        for (QuerySet<Row> computed :
                List.of(persons().union(persons()), persons().distinctOn("age"))) {
            assertThatThrownBy(computed::delete)
                    .isInstanceOf(InvalidQueryException.class)
                    .hasMessageContaining("filter(\"pk__in\", query)");
            assertThatThrownBy(() -> computed.update("age", 1)).isInstanceOf(InvalidQueryException.class);
        }
        assertThat(answer(
                        persons().filter("pk__in", persons().distinctOn("age")).update("age", 1)))
                .isEqualTo(2);
        assertThat(answer(persons()
                        .annotate("r", Window.rowNumber().orderBy("id"))
                        .filter("r", 1)
                        .update("age", 5)))
                .isEqualTo(1);
    }
}
