package rillite.querysets.spring;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import rillite.querysets.ConnectionSource;

/**
 * Lends the connection of Spring's transaction where there is one, else a new one: queries inside of {@code @Transactional}
 * and of a {@code TransactionalOperator} are part of their transaction, which Spring commits and rolls back.
 *
 * <p>The transaction manager must be an {@code R2dbcTransactionManager} over the same connection factory. A transaction of
 * the Database inside becomes a savepoint, and its hooks run when Spring's transaction has ended. Errors are those of R2DBC,
 * not translated.
 */
public final class SpringConnectionSource implements ConnectionSource {

    private final ConnectionFactory connections;

    private SpringConnectionSource(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Over the connection factory that the transaction manager has. */
    public static SpringConnectionSource of(ConnectionFactory connections) {
        return new SpringConnectionSource(connections);
    }

    @Override
    public Publisher<Connection> acquire() {
        return Mono.defer(() -> ConnectionFactoryUtils.doGetConnection(connections));
    }

    @Override
    public Publisher<Void> release(Connection connection) {
        // Spring's releaseConnection would take the connection away from the transaction that goes on with it.
        return ConnectionFactoryUtils.currentConnectionFactory(connections)
                .hasElement()
                .onErrorReturn(NoTransactionException.class, false)
                .flatMap(spring -> spring ? Mono.empty() : Mono.from(connection.close()));
    }

    @Override
    public Publisher<Void> atEnd(Function<Boolean, ? extends Publisher<Void>> work) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(manager -> manager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCompletion(int status) {
                        return status == STATUS_UNKNOWN
                                ? Mono.empty()
                                : Mono.from(work.apply(status == STATUS_COMMITTED));
                    }
                }))
                .then();
    }
}
