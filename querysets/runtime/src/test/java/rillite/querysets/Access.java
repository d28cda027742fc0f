package rillite.querysets;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Wrapped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

    ConnectionFactory connect(Path file, Wire wire, AtomicInteger open) {
        return this == BARE
                ? new BareConnectionFactory(file, wire, open)
                : new Recorder(
                        ConnectionFactories.get(ConnectionFactoryOptions.builder()
                                .option(ConnectionFactoryOptions.DRIVER, "sqlite")
                                .option(ConnectionFactoryOptions.PROTOCOL, "file")
                                .option(ConnectionFactoryOptions.DATABASE, file.toString())
                                .build()),
                        wire,
                        open);
    }

    /** Those of the driver, with the functions that queries bring along. */
    static ConnectionFactory withFunctions(Path file, Wire wire, AtomicInteger open) {
        SqliteConnectionConfiguration plain = SqliteConnectionConfiguration.fromUrl(file.toString());
        return new Recorder(
                SqliteConnectionFactory.from(
                        SqlFunctions.addTo(plain.toBuilder()).build()),
                wire,
                open);
    }

    /** Keeps what is sent and counts what is open: connections, and reads that need none. */
    private record Recorder(ConnectionFactory driver, Wire wire, AtomicInteger open)
            implements ConnectionFactory, Closeable, Wrapped<ConnectionFactory>, SqliteReads {

        @Override
        public <T> Flux<T> read(
                String sql,
                List<? extends @Nullable Object> values,
                int fetchSize,
                Function<? super Row, ? extends T> mapping) {
            return Flux.defer(() -> {
                wire.sent(sql).set(Collections.unmodifiableList(new ArrayList<>(values)));
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
                        try {
                            if (method.getName().equals("createStatement")) {
                                Wire.Sent sent = wire.sent((String) arguments[0]);
                                return recorded(sent, (Statement) method.invoke(connection, arguments));
                            }
                            Object answer = method.invoke(connection, arguments);
                            return method.getName().equals("close")
                                    ? Mono.from((Publisher<?>) answer).doOnTerminate(open::decrementAndGet)
                                    : answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        /** Keeps the values of a statement when it is executed. */
        private static Statement recorded(Wire.Sent sent, Statement statement) {
            List<@Nullable Object> values = new ArrayList<>();
            return (Statement) Proxy.newProxyInstance(
                    Access.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "bind" -> values.add(arguments[1]);
                            case "bindNull" -> values.add(null);
                            case "add", "execute" -> {
                                sent.set(Collections.unmodifiableList(new ArrayList<>(values)));
                                values.clear();
                            }
                            default -> {}
                        }
                        try {
                            Object answer = method.invoke(statement, arguments);
                            return answer == statement ? proxy : answer;
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
