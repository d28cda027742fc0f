package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;
import rillite.r2dbc.testing.TestDatabase;

/** What is said about a file when it is opened: once, and only where there is something to say. */
final class EngineWarningsTests {
    @TempDir
    Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) Proxy.newProxyInstance(
            EngineWarningsTests.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                Object[] values = arguments.length == 2 && arguments[1] instanceof Object[] all
                        ? all
                        : List.of(arguments).subList(1, arguments.length).toArray();
                said.add(method.getName() + " "
                        + MessageFormatter.arrayFormat((String) arguments[0], values)
                                .getMessage());
                return null;
            });

    private SqliteConnectionConfiguration.Builder file() {
        return SqliteConnectionConfiguration.builder().file(directory.resolve("app.db"));
    }

    private EngineWarnings warnings(SqliteConnectionConfiguration configuration) {
        return new EngineWarnings("app.db", configuration, log);
    }

    /** Opens and closes a writer as an engine does, so many times. */
    private void openWriter(SqliteConnectionConfiguration configuration, int times) {
        EngineKey key = EngineKey.resolve(configuration);
        Engine engine = new Engine(key, configuration);
        SqliteSource source = new SqliteSource(configuration, key.file(), engine, warnings(configuration));
        for (int i = 0; i < times; i++) {
            source.openWriter().close();
        }
    }

    private void existing(String journal) throws SQLException {
        try (var jdbc = TestDatabase.jdbc(directory.resolve("app.db"));
                var statement = jdbc.createStatement()) {
            statement.execute("PRAGMA journal_mode=" + journal);
            statement.execute("CREATE TABLE t (a)");
        }
    }

    @Test
    void newFile_saysNothingOfItsJournal() {
        openWriter(file().build(), 2);

        assertThat(said).noneMatch(text -> text.contains("journal_mode"));
    }

    @Test
    void rollbackJournalFile_isConverted_andSaidOnce() throws SQLException {
        existing("DELETE");

        openWriter(file().build(), 3);

        assertThat(said)
                .filteredOn(text -> text.contains("journal_mode"))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("info app.db")
                        .contains("was delete and is wal now")
                        .contains("mode=ro"));
    }

    @Test
    void walFile_asItIs_saysNothing() throws SQLException {
        existing("WAL");

        openWriter(file().build(), 1);

        assertThat(said).noneMatch(text -> text.contains("journal_mode"));
    }

    @Test
    void readOnly_saysNothing() throws SQLException {
        existing("DELETE");

        openWriter(file().mode(OpenMode.RO).synchronous(Synchronous.NORMAL).build(), 1);

        assertThat(said).noneMatch(text -> text.contains("journal_mode") || text.contains("synchronous"));
        assertThat(TestDatabase.peek(directory.resolve("app.db"), "PRAGMA journal_mode"))
                .isEqualTo("delete");
    }

    @Test
    void journalThatStays_isAWarning() {
        warnings(file().build()).journal("delete", "delete", false);

        assertThat(said)
                .containsExactly(
                        "warn app.db: journal_mode stayed delete where WAL was asked for; one connection serves everything.");
    }

    @ParameterizedTest
    @CsvSource({
        "3.7.0, true",
        "3.44.5, true",
        "3.44.6, false",
        "3.49.1, true",
        "3.50.6, true",
        "3.50.7, false",
        "3.51.0, true",
        "3.51.2, true",
        "3.51.3, false",
        "3.54.1, false",
        "3.6.23, false",
        "4.0.0, false",
        "odd, false"
    })
    void versionWithTheWalResetBug_isAWarning_once(String version, boolean affected) {
        EngineWarnings warnings = warnings(file().build());
        warnings.opened(version);
        warnings.opened(version);

        assertThat(said).hasSize(affected ? 1 : 0);
        assertThat(said).allSatisfy(text -> assertThat(text).startsWith("warn ").contains("WAL-reset", version));
    }

    @Test
    void lossWindow_isSaid_once() {
        EngineWarnings warnings =
                warnings(file().synchronous(Synchronous.NORMAL).build());
        warnings.opened("3.54.1");
        warnings.opened("3.54.1");

        assertThat(said)
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("info ").contains("synchronous=NORMAL", "power loss"));
    }

    @Test
    void memory_saysNothing() {
        warnings(SqliteConnectionConfiguration.builder()
                        .memory()
                        .synchronous(Synchronous.OFF)
                        .build())
                .opened("3.54.1");

        assertThat(said).isEmpty();
    }

    @Test
    void logOverItsLimit_namesSizeLimitAndAge() {
        warnings(file().build()).walOverLimit(70_000_000, 64 << 20, "1234 ms");

        assertThat(said)
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("warn ")
                        .contains("70000000", "67108864", "1234 ms", "walSoftLimit"));
    }
}
