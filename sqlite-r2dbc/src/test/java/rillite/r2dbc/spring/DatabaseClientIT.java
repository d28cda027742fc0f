package rillite.r2dbc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcBadGrammarException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** Spring's {@code DatabaseClient} over the driver: named parameters, generated ids, translated errors. */
@ExtendWith(LeakFree.class)
final class DatabaseClientIT {
    private TestDatabase database;
    private DatabaseClient client;

    @BeforeEach
    void open(@TempDir Path directory) {
        database = TestDatabase.in(directory, "lockWaitTimeout=PT0.3S");
        database.items(20);
        client = DatabaseClient.create(database.factory());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void namedParameter_usedTwice_isBoundOnce() {
        var ids = client.sql("SELECT id FROM item WHERE id = :n OR id = :n + 1 ORDER BY id")
                .bind("n", 3)
                .mapValue(Long.class)
                .all();

        assertThat(Await.all(ids)).containsExactly(3L, 4L);
    }

    @Test
    void namedParameter_list_isExpanded() {
        var ids = client.sql("SELECT id FROM item WHERE id IN (:ids) ORDER BY id DESC")
                .bind("ids", List.of(2, 5, 9))
                .mapValue(Long.class)
                .all();

        assertThat(Await.all(ids)).containsExactly(9L, 5L, 2L);
    }

    @Test
    void bindValues_map_binds() {
        var updated = client.sql("UPDATE item SET name = :name WHERE id <= :max")
                .bindValues(Map.of("name", "same", "max", 4))
                .fetch()
                .rowsUpdated();

        assertThat(Await.<Long>one(updated)).isEqualTo(4L);
    }

    @Test
    void bindNull_typedParameter_isNull() {
        var kind = client.sql("SELECT typeof(:a) || ' ' || typeof(:b)")
                .bindNull("a", String.class)
                .bind("b", Parameters.in(7))
                .mapValue(String.class)
                .one();

        assertThat(Await.<String>one(kind)).isEqualTo("null integer");
    }

    @Test
    void fetch_oneRow_isMapByColumnName() {
        var row = client.sql("SELECT id, name FROM item WHERE id = 1").fetch().one();

        assertThat(Await.<Map<String, Object>>one(row))
                .containsEntry("id", 1)
                .containsEntry("name", "item 0000001")
                .containsOnlyKeys("id", "name");
    }

    @Test
    void returnGeneratedValues_byName_givesTheId() {
        var id = client.sql("INSERT INTO item (name) VALUES (:name)")
                .filter(statement -> statement.returnGeneratedValues("id"))
                .bind("name", "new")
                .map(row -> row.get("id", Long.class))
                .one();

        assertThat(Await.<Long>one(id)).isEqualTo(21L);
    }

    @Test
    void unknownTable_isBadGrammar() {
        assertThat(Await.error(client.sql("SELECT * FROM itme").fetch().all()))
                .isInstanceOf(BadSqlGrammarException.class)
                .hasCauseInstanceOf(R2dbcBadGrammarException.class);
    }

    @Test
    void write_whileAnotherProcessWouldHoldTheLock_isQueryTimeout() throws Exception {
        try (var jdbc = database.jdbc();
                var statement = jdbc.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            var write = client.sql("INSERT INTO item (name) VALUES ('late')")
                    .fetch()
                    .rowsUpdated();

            assertThat(Await.error(write)).isInstanceOf(QueryTimeoutException.class);

            statement.execute("ROLLBACK");
        }
        assertThat(database.value(Long.class, "SELECT count(*) FROM item")).isEqualTo(20L);
    }
}
