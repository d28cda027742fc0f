package rillite.querysets;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Wrapped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteReads;

/** The connections under a test: the plainest ones, or those of the driver. */
enum Access {
    BARE,
    DRIVER;

    ConnectionFactory connect(Path file, List<String> sent, AtomicInteger open) {
        return this == BARE
                ? new BareConnectionFactory(file, sent, open)
                : new Recorder(
                        ConnectionFactories.get(ConnectionFactoryOptions.builder()
                                .option(ConnectionFactoryOptions.DRIVER, "sqlite")
                                .option(ConnectionFactoryOptions.PROTOCOL, "file")
                                .option(ConnectionFactoryOptions.DATABASE, file.toString())
                                .build()),
                        sent,
                        open);
    }

    /** Those of the driver, with the functions that queries bring along. */
    static ConnectionFactory withFunctions(Path file, List<String> sent, AtomicInteger open) {
        SqliteConnectionConfiguration plain = SqliteConnectionConfiguration.fromUrl(file.toString());
        return new Recorder(
                SqliteConnectionFactory.from(
                        SqlFunctions.addTo(plain.toBuilder()).build()),
                sent,
                open);
    }

    /** Keeps what is sent and counts what is open: connections, and reads that need none. */
    private record Recorder(ConnectionFactory driver, List<String> sent, AtomicInteger open)
            implements ConnectionFactory, Closeable, Wrapped<ConnectionFactory>, SqliteReads {

        @Override
        public <T> Flux<T> read(
                String sql,
                List<? extends @Nullable Object> values,
                int fetchSize,
                Function<? super Row, ? extends T> mapping) {
            return Flux.defer(() -> {
                sent.add(sql);
                open.incrementAndGet();
                AtomicBoolean reading = new AtomicBoolean(true);
                Runnable over = () -> {
                    if (reading.getAndSet(false)) {
                        open.decrementAndGet();
                    }
                };
                return ((SqliteReads) driver)
                        .<T>read(sql, values, fetchSize, mapping)
                        .doOnTerminate(over)
                        .doOnCancel(over);
            });
        }

        @Override
        public ConnectionFactory unwrap() {
            return driver;
        }

        @Override
        public Publisher<? extends Connection> create() {
            return Mono.from(driver.create())
                    .doOnNext(connection -> open.incrementAndGet())
                    .map(this::recorded);
        }

        private Connection recorded(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Access.class.getClassLoader(),
                    new Class<?>[] {Connection.class, Wrapped.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("unwrap")) {
                            return connection;
                        }
                        if (method.getName().equals("createStatement")) {
                            sent.add((String) arguments[0]);
                        }
                        try {
                            Object answer = method.invoke(connection, arguments);
                            return method.getName().equals("close")
                                    ? Mono.from((Publisher<?>) answer).doOnTerminate(open::decrementAndGet)
                                    : answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return driver.getMetadata();
        }

        @Override
        public Publisher<Void> close() {
            return ((Closeable) driver).close();
        }
    }
}
