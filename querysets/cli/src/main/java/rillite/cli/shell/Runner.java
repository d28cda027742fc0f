package rillite.cli.shell;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * What a statement gave.
     *
     * @param names titles of the columns; empty when there is no row
     * @param rows the rows, one more than were asked for where there are more
     * @param changed how many rows it changed, null when it gives rows
     */
    record Outcome(
            List<String> names,
            List<List<@Nullable Object>> rows,
            @Nullable Long changed) {}

    /** One row, or the number of rows that were changed. */
    private record Piece(
            List<String> names,
            List<@Nullable Object> values,
            @Nullable Long changed) {}

    /**
     * Runs one statement.
     *
     * @param most rows that are kept; one more is read
     * @throws CancellationException it was interrupted
     */
    Outcome run(String sql, int most) {
        List<Piece> pieces = await(Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.flatMap(Runner::piece))
                .take(most + 1L)
                .collectList());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<String> names = List.of();
        Long changed = null;
        for (Piece piece : pieces) {
            if (piece.changed() == null) {
                rows.add(piece.values());
                names = piece.names();
            } else {
                changed = piece.changed();
            }
        }
        return new Outcome(names, rows, rows.isEmpty() ? changed : null);
    }

    /** Runs a QuerySet; it sees what is committed. */
    Outcome query(String text, int most) {
        List<Map<String, @Nullable Object>> rows =
                await(Queries.rows(open, text).take(most + 1L).collectList());
        return new Outcome(
                rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet()),
                rows.stream()
                        .<List<@Nullable Object>>map(row -> new ArrayList<>(row.values()))
                        .toList(),
                null);
    }

    private static Mono<Piece> piece(Result.Segment segment) {
        if (segment instanceof Result.RowSegment row) {
            return Mono.just(piece(row.row()));
        }
        if (segment instanceof Result.UpdateCount count) {
            return Mono.just(new Piece(List.of(), List.of(), count.value()));
        }
        return segment instanceof Result.Message message ? Mono.error(message.exception()) : Mono.empty();
    }

    private static Piece piece(Row row) {
        List<String> names = row.getMetadata().getColumnMetadatas().stream()
                .map(ColumnMetadata::getName)
                .toList();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            values.add(value(row, i));
        }
        return new Piece(names, values, null);
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
