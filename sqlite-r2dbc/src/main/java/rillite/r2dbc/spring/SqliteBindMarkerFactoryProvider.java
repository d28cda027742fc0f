package rillite.r2dbc.spring;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.binding.BindMarkersFactory;
import org.springframework.r2dbc.core.binding.BindMarkersFactoryResolver.BindMarkerFactoryProvider;

/**
 * Tells Spring's {@code DatabaseClient} to write parameters as {@code ?1}, {@code ?2}. Chosen by the name in the
 * factory's metadata, so that it also works through a pool or a proxy.
 */
public final class SqliteBindMarkerFactoryProvider implements BindMarkerFactoryProvider {
    /** For Spring's factories loader. */
    public SqliteBindMarkerFactoryProvider() {}

    /** The bind markers of SQLite, or null when the factory is not one of SQLite. */
    @Override
    public @Nullable BindMarkersFactory getBindMarkers(ConnectionFactory connectionFactory) {
        return Sqlite.isProductOf(connectionFactory) ? Sqlite.BIND_MARKERS : null;
    }
}
