package rillite.r2dbc.spring;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.r2dbc.core.binding.BindMarkersFactory;

/** What bind markers and dialect agree on; needs spring-r2dbc only. */
final class Sqlite {
    static final BindMarkersFactory BIND_MARKERS = BindMarkersFactory.indexed("?", 1);

    private Sqlite() {}

    static boolean isProductOf(ConnectionFactory factory) {
        return "SQLite".equals(factory.getMetadata().getName());
    }
}
