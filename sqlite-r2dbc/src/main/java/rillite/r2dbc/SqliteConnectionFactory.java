package rillite.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.reactivestreams.Publisher;

/** Opens connections to one SQLite database. */
public final class SqliteConnectionFactory implements ConnectionFactory {
    private final SqliteConnectionConfiguration configuration;

    private SqliteConnectionFactory(SqliteConnectionConfiguration configuration) {
        this.configuration = configuration;
    }

    /** A factory for the database the configuration names; opens nothing. */
    public static SqliteConnectionFactory from(SqliteConnectionConfiguration configuration) {
        return new SqliteConnectionFactory(configuration);
    }

    @Override
    public Publisher<? extends Connection> create() {
        throw new UnsupportedOperationException("No engine yet for " + configuration.location());
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return () -> "SQLite";
    }
}
