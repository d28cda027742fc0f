package rillite.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

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

    /**
     * A factory for a {@code r2dbc:sqlite:} URL, and also for {@code jdbc:sqlite:app.db}, a bare path and
     * {@code :memory:}; opens nothing.
     *
     * @throws IllegalArgumentException as {@link SqliteConnectionConfiguration#fromUrl(String)}
     */
    public static SqliteConnectionFactory fromUrl(String url) {
        return from(SqliteConnectionConfiguration.fromUrl(url));
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.error(new UnsupportedOperationException("No engine yet for " + configuration.location()));
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return () -> "SQLite";
    }
}
