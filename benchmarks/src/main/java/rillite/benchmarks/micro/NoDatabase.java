package rillite.benchmarks.micro;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Statement;
import java.lang.reflect.Proxy;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ConnectionSource;

/** Answers every statement at once with one row, so that what is measured is everything but the driver. */
final class NoDatabase implements ConnectionSource {

    private final Connection connection;

    NoDatabase(@Nullable Object... cells) {
        Answer answer = new Answer(cells);
        Publisher<Result> result = Mono.just(answer);
        connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        return new Question(result);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public Publisher<? extends Connection> acquire() {
        return Mono.just(connection);
    }

    @Override
    public Publisher<Void> release(Connection lent) {
        return Mono.empty();
    }

    private record Question(Publisher<Result> result) implements Statement {

        @Override
        public Statement add() {
            return this;
        }

        @Override
        public Statement bind(int index, Object value) {
            return this;
        }

        @Override
        public Statement bind(String name, Object value) {
            return this;
        }

        @Override
        public Statement bindNull(int index, Class<?> type) {
            return this;
        }

        @Override
        public Statement bindNull(String name, Class<?> type) {
            return this;
        }

        @Override
        public Publisher<? extends Result> execute() {
            return result;
        }
    }

    private static final class Answer implements Result, Row {

        private final @Nullable Object[] cells;

        Answer(@Nullable Object[] cells) {
            this.cells = cells;
        }

        @Override
        public Publisher<Long> getRowsUpdated() {
            return Mono.just(1L);
        }

        @Override
        public <T> Publisher<T> map(BiFunction<Row, RowMetadata, ? extends T> mapping) {
            return Mono.fromSupplier(() -> mapping.apply(this, getMetadata()));
        }

        @Override
        public Result filter(Predicate<Segment> filter) {
            throw new UnsupportedOperationException("filter");
        }

        @Override
        public <T> Publisher<T> flatMap(
                java.util.function.Function<Segment, ? extends Publisher<? extends T>> mapping) {
            return Flux.error(new UnsupportedOperationException("flatMap"));
        }

        @Override
        @SuppressWarnings("NullAway") // nobody reads it
        public RowMetadata getMetadata() {
            return null;
        }

        @Override
        public <T> @Nullable T get(int index, Class<T> type) {
            return type.cast(cells[index]);
        }

        @Override
        public <T> @Nullable T get(String name, Class<T> type) {
            throw new UnsupportedOperationException(name);
        }
    }
}
