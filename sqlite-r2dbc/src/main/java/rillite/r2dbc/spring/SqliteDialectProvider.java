package rillite.r2dbc.spring;

import io.r2dbc.spi.ConnectionFactory;
import java.util.Optional;
import org.springframework.data.r2dbc.dialect.DialectResolver.R2dbcDialectProvider;
import org.springframework.data.r2dbc.dialect.R2dbcDialect;

/** Gives Spring Data R2DBC the dialect of SQLite, by the name in the factory's metadata. */
public final class SqliteDialectProvider implements R2dbcDialectProvider {
    /** For Spring's factories loader. */
    public SqliteDialectProvider() {}

    /** The dialect of SQLite, or empty when the factory is not one of SQLite. */
    @Override
    public Optional<R2dbcDialect> getDialect(ConnectionFactory connectionFactory) {
        return Sqlite.isProductOf(connectionFactory) ? Optional.of(SqliteDialect.INSTANCE) : Optional.empty();
    }
}
