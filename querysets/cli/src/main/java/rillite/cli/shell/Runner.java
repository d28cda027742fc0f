package rillite.cli.shell;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.cli.OpenDatabase;
import rillite.cli.data.Queries;
import rillite.querysets.schema.Schema;

/** Runs statements on one connection, so that BEGIN and COMMIT mean what they say; each can be interrupted. */
final class Runner implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final OpenDatabase open;
    private final Connection connection;
    private final AtomicReference<@Nullable CompletableFuture<?>> running = new AtomicReference<>();

    Runner(OpenDatabase open) {
        this.open = open;
        connection =
                Objects.requireNonNull(Mono.from(open.connections().create()).block());
    }

    /** Takes rows as they come, on a thread of the driver; no two at once. */
    interface Rows {

        void row(List<String> names, List<@Nullable Object> values);
    }

    /**
     * What a statement gave.
     *
     * @param rows how many rows were handed on
     * @param more whether there are more of them
     * @param changed how many rows it changed, null when it gives rows
     */
    record Outcome(int rows, boolean more, @Nullable Long changed) {}

    /** Hands rows on, up to that many. */
    private static final class Counter {

        private final int most;
        private final Rows rows;
        private List<String> names = List.of();
        private int taken;
        private @Nullable Long changed;

        Counter(int most, Rows rows) {
            this.most = most;
            this.rows = rows;
        }

        /** Whether that was one too many. */
        boolean isPast(List<String> names, List<@Nullable Object> values) {
            if (taken < most) {
                rows.row(names, values);
            }
            return ++taken > most;
        }

        /** The same for a row of the statement; its titles are those of the first. */
        boolean isPast(Row row) {
            if (names.isEmpty()) {
                names = row.getMetadata().getColumnMetadatas().stream()
                        .map(ColumnMetadata::getName)
                        .toList();
            }
            return isPast(names, values(row, names.size()));
        }

        Outcome outcome() {
            return new Outcome(Math.min(taken, most), taken > most, taken > 0 ? null : changed);
        }
    }

    /**
     * Runs one statement.
     *
     * @param most rows that are handed on; one more is read
     * @throws CancellationException it was interrupted
     */
    Outcome run(String sql, int most, Rows rows) {
        Counter counter = new Counter(most, rows);
        return await(Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.flatMap(segment -> isPast(segment, counter)))
                .takeUntil(past -> past)
                .then(Mono.fromSupplier(counter::outcome)));
    }

    /** Runs a QuerySet; it sees what is committed. */
    Outcome query(String text, int most, Rows rows) {
        Counter counter = new Counter(most, rows);
        return await(Queries.rows(open, text)
                .takeUntil(row -> counter.isPast(List.copyOf(row.keySet()), new ArrayList<>(row.values())))
                .then(Mono.fromSupplier(counter::outcome)));
    }

    private static Mono<Boolean> isPast(Result.Segment segment, Counter counter) {
        if (segment instanceof Result.RowSegment row) {
            return Mono.just(counter.isPast(row.row()));
        }
        if (segment instanceof Result.UpdateCount count) {
            counter.changed = count.value();
            return Mono.empty();
        }
        return segment instanceof Result.Message message ? Mono.error(message.exception()) : Mono.empty();
    }

    private static List<@Nullable Object> values(Row row, int count) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(row, i));
        }
        return values;
    }

    /** The value as it is stored: what a declared type makes of it is for programs. */
    private static @Nullable Object value(Row row, int position) {
        try {
            Object value = row.get(position);
            return value == null || value instanceof Number || value instanceof ByteBuffer
                    ? value
                    : row.get(position, String.class);
        } catch (RuntimeException undecodable) {
            return row.get(position, String.class);
        }
    }

    boolean inTransaction() {
        return !connection.isAutoCommit();
    }

    /** All rows of a short answer. */
    <T> List<T> rows(String sql, Function<Row, T> mapper, Object... binds) {
        return await(OpenDatabase.rows(connection, sql, mapper, binds).collectList());
    }

    /** The schema as it is now. */
    Schema schema() {
        return await(open.database().refresh()).schema();
    }

    private <T> T await(Mono<T> work) {
        CompletableFuture<T> future = work.toFuture();
        running.set(future);
        try {
            return Objects.requireNonNull(future.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            running.set(null);
        }
    }

    /** Stops what runs now, if anything does. For any thread. */
    void interrupt() {
        CompletableFuture<?> now = running.get();
        if (now != null) {
            now.cancel(true);
        }
    }

    @Override
    public void close() {
        Mono.from(connection.close()).block(CLOSING);
    }
}
