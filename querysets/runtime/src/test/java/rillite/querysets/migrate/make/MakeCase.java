package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteConnectionFactory;

/** A database file of a test, drafts for it, and their SQL run on it over plain JDBC. */
abstract class MakeCase {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final List<SqliteConnectionFactory> open = new ArrayList<>();

    Path file() {
        return directory.resolve("app.db");
    }

    @AfterEach
    void closeAll() {
        open.forEach(connections -> connections.close().block(PATIENCE));
    }

    /** Compares the file with a schema. */
    Make make(String desired) {
        SqliteConnectionFactory connections = SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + file());
        open.add(connections);
        return Make.of(connections).desired(desired);
    }

    static MigrationDraft draft(Make make) {
        return await(make.draft());
    }

    static <T> T await(Mono<T> mono) {
        return mono.blockOptional(PATIENCE).orElseThrow();
    }

    static <E extends Throwable> E refused(Class<E> type, Make make) {
        E error = catchThrowableOfType(type, () -> make.draft().block(PATIENCE));
        assertThat(error).as("an error").isNotNull();
        return error;
    }

    static List<String> summaries(MigrationDraft draft) {
        return draft.changes().stream().map(SchemaChange::summary).toList();
    }

    static List<String> warnings(MigrationDraft draft) {
        return draft.warnings().stream().map(DraftWarning::toString).toList();
    }

    /** Up, down and up again; the schema is the desired one, the old one, and again the desired one. */
    void apply(MigrationDraft draft, String desired) {
        List<String> before = schema();
        run(draft.upSql());
        List<String> after = schema();
        assertThat(draft(make(desired)).changes()).isEmpty();
        run(draft.downSql());
        assertThat(normalized(schema())).isEqualTo(normalized(before));
        run(draft.upSql());
        assertThat(normalized(schema())).isEqualTo(normalized(after));
    }

    private static List<String> normalized(List<String> schema) {
        return schema.stream()
                .map(sql -> sql.replaceAll("[\"`\\[\\]]", "")
                        .replaceAll("\\s+", " ")
                        .replaceAll(" ?([(),]) ?", "$1")
                        .strip())
                .sorted()
                .toList();
    }

    List<String> schema() {
        return query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid");
    }

    /** Runs a script as the migrator does: one transaction, foreign keys off where it says so, and checked. */
    void run(String script) {
        boolean off = script.startsWith("-- rillite: foreign-keys off\n");
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = jdbc.createStatement()) {
            statement.execute("PRAGMA foreign_keys = " + (off ? "OFF" : "ON"));
            statement.execute("BEGIN IMMEDIATE");
            statement.executeUpdate(script);
            assertThat(rows(statement, "PRAGMA foreign_key_check")).isEmpty();
            statement.execute("COMMIT");
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + script, e);
        }
    }

    /** Runs a script with foreign keys off and unchecked. */
    void runLoose(String script) {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = jdbc.createStatement()) {
            statement.execute("BEGIN");
            statement.executeUpdate(script);
            statement.execute("COMMIT");
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + script, e);
        }
    }

    /** Every row, as text. */
    List<String> query(String sql) {
        try (Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = jdbc.createStatement()) {
            return rows(statement, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }
}
