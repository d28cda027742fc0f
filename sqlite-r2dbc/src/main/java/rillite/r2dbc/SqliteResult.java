package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.PreparedCursor;
import rillite.core.Session;

/**
 * The result of one statement: a query that starts when it is consumed, or what a write has done. It can be consumed once.
 * Rows of a query arrive on the reader lane when they fit one chunk, else on the emission scheduler; cancelling stops the
 * statement.
 */
final class SqliteResult implements Result {
    private static final long NO_COUNT = -1;

    private final @Nullable Session<SqlitePhysical> session;
    private final @Nullable SqliteSelect select;
    private final List<RowChunk> rows;
    private final long count;
    private final Codecs codecs;
    private final @Nullable Predicate<Segment> filter;
    private final AtomicBoolean consumed;

    private SqliteResult(
            @Nullable Session<SqlitePhysical> session,
            @Nullable SqliteSelect select,
            List<RowChunk> rows,
            long count,
            Codecs codecs,
            @Nullable Predicate<Segment> filter,
            AtomicBoolean consumed) {
        this.session = session;
        this.select = select;
        this.rows = rows;
        this.count = count;
        this.codecs = codecs;
        this.filter = filter;
        this.consumed = consumed;
    }

    /** A query, run when its result is consumed. */
    static SqliteResult query(Session<SqlitePhysical> session, SqliteSelect select, Codecs codecs) {
        return new SqliteResult(session, select, List.of(), NO_COUNT, codecs, null, new AtomicBoolean());
    }

    /** A write that is done, with the rows it returned. */
    static SqliteResult written(long count, List<RowChunk> rows, Codecs codecs) {
        return new SqliteResult(null, null, rows, count, codecs, null, new AtomicBoolean());
    }

    /** Rows on the heap. */
    static SqliteResult rows(List<RowChunk> rows, Codecs codecs) {
        return new SqliteResult(null, null, rows, NO_COUNT, codecs, null, new AtomicBoolean());
    }

    /** A statement without rows and without a count. */
    static SqliteResult done(Codecs codecs) {
        return rows(List.of(), codecs);
    }

    @Override
    public Publisher<Long> getRowsUpdated() {
        consume();
        if (filter != null) {
            return segments().handle((segment, sink) -> {
                if (segment instanceof UpdateCount updated) {
                    sink.next(updated.value());
                } else if (segment instanceof Message message) {
                    sink.error(message.exception());
                }
            });
        }
        Session<SqlitePhysical> open = session;
        SqliteSelect query = select;
        if (open != null && query != null) {
            // runs far enough to tell an error; nothing is counted, so nothing more is read
            return open.read(query, (chunk, row) -> Boolean.TRUE).take(1).thenMany(Flux.empty());
        }
        return count == NO_COUNT ? Mono.empty() : Mono.just(count);
    }

    @Override
    public <T> Publisher<T> map(BiFunction<Row, RowMetadata, ? extends T> mapping) {
        notNull(mapping, "mapping");
        return rows((chunk, row) -> {
            SqliteRow current = new SqliteRow(chunk, row, codecs);
            return mapping.apply(current, current.getMetadata());
        });
    }

    @Override
    public <T> Publisher<T> map(Function<? super Readable, ? extends T> mapping) {
        notNull(mapping, "mapping");
        return rows((chunk, row) -> mapping.apply(new SqliteRow(chunk, row, codecs)));
    }

    private <T> Flux<T> rows(PreparedCursor.Reader<RowChunk, T> mapping) {
        consume();
        PreparedCursor.Reader<RowChunk, T> reader = (chunk, row) -> notNull(mapping.read(chunk, row), row);
        if (filter != null) {
            return segments().handle((segment, sink) -> {
                if (segment instanceof Item item) {
                    T value = reader.read(item.row.chunk(), item.row.index());
                    if (value != null) {
                        sink.next(value);
                    }
                } else if (segment instanceof Message message) {
                    sink.error(message.exception());
                }
            });
        }
        return read(reader);
    }

    /** What a mapping makes of the rows of a chunk. */
    static <T> PreparedCursor.Reader<RowChunk, T> reader(Codecs codecs, Function<? super Row, ? extends T> mapping) {
        return (chunk, row) -> notNull(mapping.apply(new SqliteRow(chunk, row, codecs)), row);
    }

    private static <T> T notNull(@Nullable T value, int row) {
        if (value == null) {
            throw new NullPointerException("The mapping function returned null for row " + row
                    + "; map to Optional, or leave the row out by a filter");
        }
        return value;
    }

    private <T> Flux<T> read(PreparedCursor.Reader<RowChunk, T> reader) {
        Session<SqlitePhysical> open = session;
        SqliteSelect query = select;
        if (open != null && query != null) {
            return open.read(query, reader);
        }
        if (rows.isEmpty()) {
            return Flux.empty();
        }
        return Flux.fromIterable(places()).handle((place, sink) -> {
            T value = reader.read(place.chunk(), place.index());
            if (value != null) {
                sink.next(value);
            }
        });
    }

    private List<SqliteRow> places() {
        List<SqliteRow> places = new ArrayList<>();
        for (RowChunk chunk : rows) {
            for (int row = 0; row < chunk.size(); row++) {
                places.add(new SqliteRow(chunk, row, codecs));
            }
        }
        return places;
    }

    @Override
    public Result filter(Predicate<Segment> predicate) {
        notNull(predicate, "filter");
        if (consumed.get()) {
            throw consumedAlready();
        }
        Predicate<Segment> both = filter == null ? predicate : filter.and(predicate);
        return new SqliteResult(session, select, rows, count, codecs, both, consumed);
    }

    @Override
    public <T> Publisher<T> flatMap(Function<Segment, ? extends Publisher<? extends T>> mapping) {
        notNull(mapping, "mapping");
        consume();
        return segments()
                .concatMap(
                        segment -> {
                            Publisher<? extends T> inner = mapping.apply(segment);
                            if (inner == null) {
                                throw new IllegalStateException("The mapping function returned null");
                            }
                            return inner;
                        },
                        1);
    }

    /** Rows, then the count; an error of the database is the last segment. */
    private Flux<Segment> segments() {
        Flux<Segment> all = this.<Segment>read((chunk, row) -> new Item(new SqliteRow(chunk, row, codecs)));
        if (count != NO_COUNT) {
            all = all.concatWithValues((UpdateCount) () -> count);
        }
        all = all.onErrorResume(R2dbcException.class, error -> Mono.just(new Failure(error)));
        Predicate<Segment> wanted = filter;
        return wanted == null ? all : all.filter(wanted);
    }

    private void consume() {
        if (!consumed.compareAndSet(false, true)) {
            throw consumedAlready();
        }
    }

    private static IllegalStateException consumedAlready() {
        return new IllegalStateException(
                "Result has already been consumed; execute the statement again for another one");
    }

    private static void notNull(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
    }

    private record Item(SqliteRow row) implements RowSegment {}

    private record Failure(R2dbcException error) implements Message {
        @Override
        public R2dbcException exception() {
            return error;
        }

        @Override
        public int errorCode() {
            return error.getErrorCode();
        }

        @Override
        public @Nullable String sqlState() {
            return error.getSqlState();
        }

        @Override
        public String message() {
            return String.valueOf(error.getMessage());
        }
    }
}
