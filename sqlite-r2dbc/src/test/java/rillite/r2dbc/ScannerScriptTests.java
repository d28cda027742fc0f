package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteConnection;
import rillite.core.testing.Draw;
import rillite.core.testing.Seeded;

/** Scripts run whole by SQLite and statement by statement after the scanner's split: both leave the same database. */
final class ScannerScriptTests {
    private static final List<String> EXTRA = List.of(
            "INSERT INTO t(a, b) VALUES (';', '--'), ('/*', 'END;')",
            "INSERT INTO u(v) SELECT count(*) FROM t",
            "UPDATE t SET b = 'x' || ';' WHERE a = ';' -- end",
            "DELETE FROM t WHERE b = '--'",
            "INSERT INTO u(v) VALUES ('\ud83d\ude00;'), ('a''b')",
            "BEGIN",
            "COMMIT",
            "CREATE TABLE broken(",
            "INSERT INTO t(a) VALUES ('open");

    @Test
    void split_script_leavesTheDatabaseSqliteLeaves() {
        Seeded.property("scripts").runs(300).size(12).check(draw -> {
            String script = draw.note("script", script(draw));
            assertThat(statementByStatement(script)).isEqualTo(whole(script));
        });
    }

    private static String script(Draw draw) {
        StringBuilder script = new StringBuilder();
        for (String statement : draw.list(() -> draw.pick(draw.oneIn(2) ? EXTRA : SqlFragments.STATEMENTS))) {
            script.append(statement).append(statement.contains("-- end") ? "\n" : "");
            script.append(SqlFragments.separator(draw));
        }
        return script.toString();
    }

    private static List<String> whole(String script) throws SQLException {
        return run(List.of(script));
    }

    private static List<String> statementByStatement(String script) throws SQLException {
        return run(SqlScanner.scan(script).statements().stream()
                .map(ParsedStatement::sql)
                .toList());
    }

    private static List<String> run(List<String> texts) throws SQLException {
        try (Connection connection = open()) {
            String end = "ran to its end";
            try {
                for (String text : texts) {
                    connection.unwrap(SQLiteConnection.class).getDatabase()._exec(text);
                }
            } catch (SQLException stopped) {
                end = "stopped";
            }
            List<String> contents = contents(connection);
            contents.add(end);
            return contents;
        }
    }

    private static Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            for (String sql : SqlFragments.SCHEMA) {
                statement.execute(sql);
            }
        }
        return connection;
    }

    private static List<String> contents(Connection connection) throws SQLException {
        List<String> contents = new ArrayList<>();
        for (String query : List.of(
                "SELECT type, name, rtrim(sql, char(9, 10, 13, 32)) FROM sqlite_schema",
                "SELECT * FROM t",
                "SELECT * FROM u")) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int column = 1; column <= columns; column++) {
                        row.append(rows.getString(column)).append('|');
                    }
                    contents.add(row.toString());
                }
            }
        }
        return contents;
    }
}
