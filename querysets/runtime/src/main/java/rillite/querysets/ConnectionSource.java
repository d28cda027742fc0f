package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lends the connections on which a {@link Database} sends its statements, so that somebody else may own them: a framework
 * whose transactions queries are to take part in.
 *
 * <p>All methods are called when subscribed, with the Reactor Context of the subscriber. A connection that is lent with a
 * transaction open (it is not in auto-commit) is used as it is: statements run in that transaction, a transaction of the
 * Database becomes a savepoint of it, and it is neither committed nor rolled back.
 */
public interface ConnectionSource {

    /** Lends a connection; a cancel before it arrives must leave nothing behind. */
    Publisher<? extends Connection> acquire();

    /** Takes back what {@link #acquire()} lent. Called once for each, also after errors and cancels. */
    Publisher<Void> release(Connection connection);

    /**
     * Registers work for the end of the transaction that was open when the connection was lent; completes when it is
     * registered.
     *
     * @param work given whether the transaction was committed; to be subscribed once the connection's lock is given up
     */
    default Publisher<Void> atEnd(Function<Boolean, ? extends Publisher<Void>> work) {
        return Mono.error(() -> new UnsupportedOperationException(
                getClass().getName() + " does not tell when its transactions end: afterCommit and afterRollback need"
                        + " a transaction begun by the Database, or a source that implements atEnd."));
    }

    /** A new connection each time, closed when it is given back. */
    static ConnectionSource of(ConnectionFactory connections) {
        return new OwnConnections(connections);
    }
}
