package rillite.r2dbc.reliability;

import java.nio.file.Path;
import rillite.r2dbc.testing.TestDatabase;

/** Another process: adds one to a counter many times by plain JDBC, patiently. */
final class JdbcWriter {
    private JdbcWriter() {}

    public static void main(String[] arguments) throws Exception {
        try (var connection = TestDatabase.jdbc(Path.of(arguments[0]));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            System.out.println("ready");
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                statement.executeUpdate("UPDATE counter SET n = n + 1");
            }
            System.out.println("done");
        }
    }
}
