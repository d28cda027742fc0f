package rillite.querysets;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Connections whose COMMIT, once sent, is answered when the test says so. */
record HeldCommits(ConnectionFactory connections, AtomicBoolean armed, Sinks.Empty<Void> sent, Sinks.Empty<Void> answer)
        implements ConnectionFactory {

    static HeldCommits of(ConnectionFactory connections) {
        return new HeldCommits(connections, new AtomicBoolean(), Sinks.empty(), Sinks.empty());
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.from(connections.create()).map(this::held);
    }

    private Connection held(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                HeldCommits.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        return method.getName().equals("commitTransaction") && armed.get()
                                ? Mono.from((Publisher<?>) result)
                                        .doFinally(signal -> sent.tryEmitEmpty())
                                        .then(answer.asMono())
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return connections.getMetadata();
    }
}
