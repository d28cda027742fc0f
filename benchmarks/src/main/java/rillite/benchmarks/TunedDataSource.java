package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Hands out plain sqlite-jdbc connections with the common settings. */
final class TunedDataSource extends SQLiteDataSource {

    private final Settings settings;

    TunedDataSource(Path file, Settings settings) {
        this.settings = settings;
        setUrl("jdbc:sqlite:" + file);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return tuned(super.getConnection());
    }

    @Override
    public SQLiteConnection getConnection(String user, String password) throws SQLException {
        SQLiteConnection connection = super.getConnection(user, password);
        tuned(connection);
        return connection;
    }

    private Connection tuned(Connection connection) throws SQLException {
        settings.applyTo(connection);
        return connection;
    }
}
