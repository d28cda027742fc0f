package rillite.r2dbc.tck;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** A database and a session for each publisher the verification asks for, all closed at the end. */
final class Sessions implements AutoCloseable {
    private final TestDatabase database;
    private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();

    Sessions(Path directory) {
        this.database = TestDatabase.in(directory);
    }

    Connection next() {
        Connection connection = database.connect();
        opened.add(connection);
        return connection;
    }

    @Override
    public void close() {
        opened.forEach(connection -> Await.done(connection.close()));
        database.close();
    }
}
