package rillite.r2dbc.reliability;

import java.nio.file.Path;
import rillite.r2dbc.testing.TestDatabase;

/** Another process: takes the write lock by plain JDBC, says so, and lets go when told. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (var connection = TestDatabase.jdbc(Path.of(arguments[0]));
                var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute(arguments[1]);
            System.out.println("locked");
            System.in.read();
            statement.execute("COMMIT");
            System.out.println("released");
        }
    }
}
