package rillite.querysets;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A statement of {@link BareConnectionFactory}: rows are stepped one by one as they are requested. */
final class BareStatement implements Statement {

    private final java.sql.Connection jdbc;
    private final String sql;
    private final Wire wire;
    private final AtomicInteger rowsRead;
    private final List<Map<Integer, @Nullable Object>> complete = new ArrayList<>();
    private Map<Integer, @Nullable Object> binds = new TreeMap<>();

    BareStatement(java.sql.Connection jdbc, String sql, Wire wire, AtomicInteger rowsRead) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.wire = wire;
        this.rowsRead = rowsRead;
    }

    @Override
    public Statement bind(int index, Object value) {
        binds.put(index, value);
        return this;
    }

    @Override
    public Statement bindNull(int index, Class<?> type) {
        binds.put(index, null);
        return this;
    }

    @Override
    public Publisher<? extends Result> execute() {
        List<Map<Integer, @Nullable Object>> sets = new ArrayList<>(complete);
        sets.add(binds);
        return Flux.defer(() -> {
            Wire.Sent sent = wire.sent(sql);
            sets.forEach(set -> sent.set(Collections.unmodifiableList(new ArrayList<>(set.values()))));
            return Flux.fromIterable(sets).map(BareResult::new);
        });
    }

    private PreparedStatement prepared(Map<Integer, @Nullable Object> binds) throws SQLException {
        PreparedStatement statement = jdbc.prepareStatement(sql);
        for (Map.Entry<Integer, Object> bind : binds.entrySet()) {
            Object value = bind.getValue();
            if (value instanceof ByteBuffer buffer) {
                statement.setBytes(bind.getKey() + 1, bytes(buffer));
            } else {
                statement.setObject(bind.getKey() + 1, value);
            }
        }
        return statement;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public Statement add() {
        complete.add(binds);
        binds = new TreeMap<>();
        return this;
    }

    @Override
    public Statement bind(String name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Statement bindNull(String name, Class<?> type) {
        throw new UnsupportedOperationException();
    }

    private final class BareResult implements Result {
        private final Map<Integer, @Nullable Object> set;

        BareResult(Map<Integer, @Nullable Object> set) {
            this.set = set;
        }

        @Override
        public Publisher<Long> getRowsUpdated() {
            return Mono.fromCallable(() -> {
                try (PreparedStatement statement = prepared(set)) {
                    return (long) statement.executeUpdate();
                }
            });
        }

        @Override
        public <T> Publisher<T> map(BiFunction<Row, RowMetadata, ? extends T> mapper) {
            return Flux.using(
                    () -> prepared(set),
                    statement -> Flux.generate(statement::executeQuery, (rows, sink) -> {
                        try {
                            if (rows.next()) {
                                rowsRead.incrementAndGet();
                                BareRow row = new BareRow(rows);
                                sink.next(mapper.apply(row, row.getMetadata()));
                            } else {
                                sink.complete();
                            }
                        } catch (SQLException e) {
                            sink.error(e);
                        }
                        return rows;
                    }),
                    statement -> {
                        try {
                            statement.close();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }

        @Override
        public Result filter(Predicate<Segment> filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Publisher<T> flatMap(Function<Segment, ? extends Publisher<? extends T>> mapper) {
            throw new UnsupportedOperationException();
        }
    }

    private record BareRow(ResultSet rows) implements Row, Readable {
        @Override
        public RowMetadata getMetadata() {
            List<BareColumn> columns = new ArrayList<>();
            try {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(new BareColumn(rows.getMetaData().getColumnLabel(i)));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return new BareMetadata(columns);
        }

        @Override
        public <T> @Nullable T get(String name, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> @Nullable T get(int index, Class<T> type) {
            Object value;
            try {
                value = rows.getObject(index + 1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return value == null ? null : type.cast(converted(value, type));
        }

        private static Object converted(Object value, Class<?> type) {
            if (value instanceof byte[] bytes && type != String.class) {
                return ByteBuffer.wrap(bytes);
            }
            if (type.isInstance(value)) {
                return value;
            }
            String text = value.toString();
            if (type == String.class) {
                return text;
            } else if (type == Long.class) {
                return new BigDecimal(text).longValueExact();
            } else if (type == Integer.class) {
                return new BigDecimal(text).intValueExact();
            } else if (type == Double.class) {
                return Double.valueOf(text);
            } else if (type == BigDecimal.class) {
                return new BigDecimal(text);
            } else if (type == Boolean.class) {
                return new BigDecimal(text).intValueExact() != 0;
            } else if (type == LocalDate.class) {
                return LocalDate.parse(text);
            } else if (type == LocalTime.class) {
                return LocalTime.parse(text);
            } else if (type == LocalDateTime.class) {
                return LocalDateTime.parse(text.replace(' ', 'T'));
            } else if (type == UUID.class) {
                return UUID.fromString(text);
            }
            throw new IllegalArgumentException("no conversion of " + value.getClass() + " to " + type);
        }
    }

    private record BareColumn(String name) implements ColumnMetadata {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public Type getType() {
            throw new UnsupportedOperationException();
        }
    }

    private record BareMetadata(List<BareColumn> columns) implements RowMetadata {
        @Override
        public ColumnMetadata getColumnMetadata(int index) {
            return columns.get(index);
        }

        @Override
        public ColumnMetadata getColumnMetadata(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<? extends ColumnMetadata> getColumnMetadatas() {
            return columns;
        }
    }
}
