package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;

final class GeneratedValuesTests extends Contract {
    @BeforeEach
    void table() {
        exec("CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT UNIQUE, made TEXT DEFAULT 'now')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "ID", "\"id\"", "`id`", "[id]", "rowid"})
    void insert_namedColumn_returnsIt(String column) {
        var statement =
                connection.createStatement("INSERT INTO p (name) VALUES ('a')").returnGeneratedValues(column);

        assertThat(values(statement)).containsExactly("1");
    }

    @Test
    void insert_noColumns_returnsTheRow() {
        var statement =
                connection.createStatement("INSERT INTO p (name) VALUES ('a')").returnGeneratedValues();

        var names = Flux.<Result>from(statement.execute())
                .concatMap(result -> result.map((row, metadata) -> List.of(
                        metadata.getColumnMetadatas().get(0).getName(),
                        String.valueOf(row.get("id")),
                        String.valueOf(row.get("name")),
                        String.valueOf(row.get("made")))));

        assertThat(Await.<List<String>>one(names)).containsExactly("id", "1", "a", "now");
    }

    @Test
    void insert_severalRows_returnsEach() {
        var statement = connection
                .createStatement("INSERT INTO p (name) VALUES ('a'), ('b'), ('c')")
                .returnGeneratedValues("id");

        assertThat(values(statement)).containsExactly("1", "2", "3");
    }

    @Test
    void insert_severalBindings_returnsEachInOrder() {
        var statement = connection.createStatement("INSERT INTO p (name) VALUES (?)");
        statement.returnGeneratedValues("id", "name").bind(0, "a").add().bind(0, "b");

        var pairs = Flux.<Result>from(statement.execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Long.class) + row.get(1, String.class)));

        assertThat(Await.all(pairs)).containsExactly("1a", "2b");
    }

    @Test
    void unknownColumn_isAnError_notItsName() {
        var statement =
                connection.createStatement("INSERT INTO p (name) VALUES ('a')").returnGeneratedValues("nope");

        assertFails(
                Flux.<Result>from(statement.execute()).concatMap(result -> result.map((row, metadata) -> row.get(0))),
                R2dbcBadGrammarException.class,
                "42S22");
        assertThat(database.value(Integer.class, "SELECT count(*) FROM p")).isZero();
    }

    @Test
    void updateAndDelete_returnTheirRows() {
        exec("INSERT INTO p (name) VALUES ('a'), ('b')");

        assertThat(values(connection
                        .createStatement("UPDATE p SET name = upper(name)")
                        .returnGeneratedValues("name")))
                .containsExactlyInAnyOrder("A", "B");
        assertThat(values(
                        connection.createStatement("DELETE FROM p WHERE id = 2").returnGeneratedValues("name")))
                .containsExactly("B");
    }

    @Test
    void conflictDoNothing_returnsNoRow() {
        exec("INSERT INTO p (name) VALUES ('a')");
        String sql = "INSERT INTO p (name) VALUES ('a') ON CONFLICT DO ";

        assertThat(values(connection.createStatement(sql + "NOTHING").returnGeneratedValues("id")))
                .isEmpty();
        assertThat(values(connection
                        .createStatement(sql + "UPDATE SET made = 'later'")
                        .returnGeneratedValues("made")))
                .containsExactly("later");
    }

    @Test
    void withInsert_returnsRows() {
        var statement = connection
                .createStatement("WITH n(x) AS (VALUES ('a'), ('b')) INSERT INTO p (name) SELECT x FROM n")
                .returnGeneratedValues("id");

        assertThat(values(statement)).containsExactly("1", "2");
    }

    @Test
    void ownReturning_isLeftAlone() {
        var statement = connection
                .createStatement("INSERT INTO p (name) VALUES ('a') RETURNING name")
                .returnGeneratedValues("id");

        assertThat(values(statement)).containsExactly("a");
    }

    @Test
    void select_isLeftAlone() {
        assertThat(values(connection.createStatement("SELECT 7").returnGeneratedValues("id")))
                .containsExactly("7");
    }

    @Test
    void segments_rowsFirst_thenTheCount() {
        var statement = connection
                .createStatement("INSERT INTO p (name) VALUES ('a'), ('b')")
                .returnGeneratedValues("id");

        var segments = Flux.<Result>from(statement.execute())
                .concatMap(result -> result.flatMap(segment ->
                        Mono.just(segment instanceof Result.UpdateCount count ? "count " + count.value() : "row")));

        assertThat(Await.all(segments)).containsExactly("row", "row", "count 2");
    }

    @Test
    void rowsUpdated_isTheCount() {
        var statement = connection
                .createStatement("INSERT INTO p (name) VALUES ('a'), ('b')")
                .returnGeneratedValues("id");

        assertThat(Await.all(Flux.<Result>from(statement.execute()).concatMap(Result::getRowsUpdated)))
                .containsExactly(2L);
    }

    private static List<String> values(Statement statement) {
        return Await.all(Flux.<Result>from(statement.execute())
                .concatMap(result -> result.map((row, metadata) -> String.valueOf(row.get(0)))));
    }
}
