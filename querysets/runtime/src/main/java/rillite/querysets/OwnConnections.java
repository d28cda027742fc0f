package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import rillite.r2dbc.SqliteReads;

/** A new connection each time, closed when it is given back. */
record OwnConnections(ConnectionFactory connections) implements ConnectionSource {

    @Override
    public Publisher<? extends Connection> acquire() {
        return connections.create();
    }

    @Override
    public Publisher<Void> release(Connection connection) {
        return connection.close();
    }

    /** Reads without a connection; null where connections come from a pool or a proxy, which must see them all. */
    @Nullable SqliteReads reads() {
        return connections instanceof SqliteReads reads ? reads : null;
    }
}
