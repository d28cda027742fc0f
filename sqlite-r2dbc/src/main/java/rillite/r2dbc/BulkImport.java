package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/** Fills one window while the one before is being written; asks its source for a little at a time. */
final class BulkImport implements BulkRun {
    private static final int SLICE = 256;
    private static final int FIRST_SLICE = 16;

    private final Mono<SqliteConnection> connection;
    private final boolean close;
    private final ParsedSql parsed;
    private final ParsedStatement statement;
    private final Publisher<? extends Object[]> rows;
    private final BulkOptions options;
    private final Sinks.Many<BulkProgress> progress = Sinks.many().replay().latest();

    BulkImport(
            Mono<SqliteConnection> connection,
            boolean close,
            ParsedSql parsed,
            Publisher<? extends Object[]> rows,
            BulkOptions options) {
        this.connection = connection;
        this.close = close;
        this.parsed = parsed;
        this.statement = only(parsed);
        this.rows = rows;
        this.options = options;
    }

    /** The one statement an import may run. */
    private static ParsedStatement only(ParsedSql parsed) {
        if (parsed.statements().size() != 1
                || parsed.statements().get(0).kind() != StatementKind.DML
                || parsed.statements().get(0).returning()) {
            throw new IllegalArgumentException(
                    "An import needs one INSERT, UPDATE, DELETE or REPLACE without RETURNING, not: " + parsed.sql());
        }
        return parsed.statements().get(0);
    }

    @Override
    public Mono<BulkProgress> result() {
        return close
                ? Mono.usingWhen(connection, this::runOn, SqliteConnection::close)
                : connection.flatMap(this::runOn);
    }

    private Mono<BulkProgress> runOn(SqliteConnection open) {
        return Mono.create(sink -> {
            Filling filling = new Filling(open, sink);
            sink.onCancel(filling::abandon);
            rows.subscribe(filling);
        });
    }

    @Override
    public Flux<BulkProgress> progress() {
        return progress.asFlux();
    }

    private final class Filling extends BaseSubscriber<Object[]> {
        private final SqliteConnection open;
        private final MonoSink<BulkProgress> sink;
        private List<@Nullable Object[]> window = new ArrayList<>();
        private long bytes;
        private long received;
        private long receivedBytes;
        private long outstanding;
        private boolean writing;
        private boolean complete;
        /** No window is started any more. */
        private boolean stopped;
        /** The end was told. */
        private boolean over;

        private long committed;
        private long windows;
        private @Nullable Throwable failure;

        Filling(SqliteConnection open, MonoSink<BulkProgress> sink) {
            this.open = open;
            this.sink = sink;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            ask();
        }

        @Override
        protected void hookOnNext(Object[] row) {
            @Nullable Object[] values;
            try {
                values = encode(row);
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
            BulkWindow full;
            synchronized (this) {
                if (stopped) {
                    return;
                }
                long size = size(values);
                outstanding--;
                received++;
                receivedBytes += size;
                bytes += size;
                window.add(values);
                full = takeIfDue();
            }
            if (full != null) {
                write(full);
            }
            ask();
        }

        private @Nullable Object[] encode(Object[] row) {
            int parameters = parsed.parameterCount();
            if (row.length != parameters) {
                throw new IllegalArgumentException("Row " + number() + " of the import has " + row.length
                        + " values, the statement has " + parameters + " parameters: " + statement.sql());
            }
            @Nullable Object[] values = new Object[parameters];
            for (int i = 0; i < parameters; i++) {
                Object value = row[i];
                if (value instanceof Long || value instanceof Double real && !real.isNaN()) {
                    values[i] = value;
                } else if (value != null) {
                    values[i] = encode(value, i);
                }
            }
            return SqliteStatement.values(statement, values);
        }

        private @Nullable Object encode(Object value, int index) {
            Object encoded;
            try {
                encoded = open.codecs().bindable(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Row " + number() + " of the import, value " + index + ": " + e.getMessage(), e);
            }
            if (Codecs.isDeferred(encoded)) {
                throw new IllegalArgumentException("Row " + number() + " of the import, value " + index
                        + ": a Blob or Clob is read while it is bound; give byte[], ByteBuffer or String");
            }
            return encoded;
        }

        private synchronized long number() {
            return received + 1;
        }

        private static long size(@Nullable Object[] values) {
            long size = 16L + 16L * values.length;
            for (Object value : values) {
                if (value instanceof String text) {
                    size += 2L * text.length();
                } else if (value instanceof byte[] blob) {
                    size += blob.length;
                }
            }
            return size;
        }

        /** Takes the window when it is full, or the last one, and nothing is being written. */
        private @Nullable BulkWindow takeIfDue() {
            boolean full = window.size() >= options.windowRows() || bytes >= options.windowBytes();
            boolean last = complete && !window.isEmpty();
            if (writing || stopped || !(full || last)) {
                return null;
            }
            BulkWindow taken = new BulkWindow(statement.sql(), window, bytes);
            window = new ArrayList<>();
            bytes = 0;
            writing = true;
            return taken;
        }

        /** Asks for as much as the window still takes, a slice at a time, by the size of the rows so far. */
        private void ask() {
            long want = 0;
            synchronized (this) {
                boolean room = bytes < options.windowBytes();
                long free = options.windowRows() - window.size() - outstanding;
                if (room && !complete && !stopped && outstanding <= SLICE / 4 && free > 0) {
                    long slice = Math.min(received == 0 ? FIRST_SLICE : SLICE, free);
                    long each = received == 0 ? 1 : Math.max(1, receivedBytes / received);
                    // No more than the rows: a limit of bytes may be any number.
                    long fit = Math.min(free + outstanding, (options.windowBytes() - bytes) / each);
                    want = Math.min(slice, 1 + fit - outstanding);
                    outstanding += Math.max(0, want);
                }
            }
            if (want > 0) {
                request(want);
            }
        }

        private void write(BulkWindow full) {
            open.transactions()
                    .within(statement, open.session().write(full))
                    .next()
                    .subscribe(this::written, this::refused);
        }

        private void written(int count) {
            BulkWindow next;
            BulkProgress now;
            boolean finished;
            synchronized (this) {
                writing = false;
                committed += count;
                windows++;
                now = new BulkProgress(committed, windows);
                next = takeIfDue();
                finished = next == null && (stopped || complete && window.isEmpty()) && !over;
                over |= finished;
            }
            progress.tryEmitNext(now);
            if (next != null) {
                write(next);
            }
            if (finished) {
                finish();
            } else {
                ask();
            }
        }

        /** The window could not be written; nothing of it is stored. */
        private void refused(Throwable error) {
            boolean told;
            synchronized (this) {
                writing = false;
                stopped = true;
                failure = failure == null ? error : failure;
                told = over;
                over = true;
            }
            cancel();
            if (!told) {
                finish();
            }
        }

        /** The source failed, or gave what cannot be stored; a window that is being written is counted first. */
        private void fail(Throwable error) {
            boolean now;
            synchronized (this) {
                if (stopped) {
                    return;
                }
                stopped = true;
                failure = error;
                window = new ArrayList<>();
                now = !writing;
                over |= now;
            }
            cancel();
            if (now) {
                finish();
            }
        }

        @Override
        protected void hookOnComplete() {
            BulkWindow last;
            boolean finished;
            synchronized (this) {
                complete = true;
                last = takeIfDue();
                finished = last == null && !writing && window.isEmpty() && !over;
                over |= finished;
            }
            if (last != null) {
                write(last);
            } else if (finished) {
                finish();
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            fail(error);
        }

        private void finish() {
            BulkProgress last;
            Throwable reason;
            synchronized (this) {
                last = new BulkProgress(committed, windows);
                reason = failure;
            }
            progress.tryEmitComplete();
            if (reason == null) {
                sink.success(last);
            } else {
                sink.error(new SqliteBulkException(last.rows(), statement.sql(), reason));
            }
        }

        /** The subscriber has gone: what is being written ends, nothing more is started. */
        void abandon() {
            synchronized (this) {
                stopped = true;
                over = true;
                window = new ArrayList<>();
            }
            cancel();
            progress.tryEmitComplete();
        }
    }
}
