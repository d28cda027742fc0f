package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import rillite.core.Session;

/** Fills one window while the one before is being written; asks its source for a little at a time. */
final class BulkImport implements BulkRun {
    private static final int SLICE = 256;

    private final Session<SqlitePhysical> session;
    private final ParsedStatement statement;
    private final Codecs codecs;
    private final Publisher<? extends Object[]> rows;
    private final BulkOptions options;
    private final Sinks.Many<BulkProgress> progress = Sinks.many().replay().latest();

    BulkImport(
            Session<SqlitePhysical> session,
            ParsedStatement statement,
            Codecs codecs,
            Publisher<? extends Object[]> rows,
            BulkOptions options) {
        this.session = session;
        this.statement = statement;
        this.codecs = codecs;
        this.rows = rows;
        this.options = options;
    }

    /** The one statement an import may run. */
    static ParsedStatement check(String sql) {
        ParsedSql parsed = ParsedSql.of(sql);
        if (parsed.statements().size() != 1
                || parsed.statements().get(0).kind() != StatementKind.DML
                || parsed.statements().get(0).returning()) {
            throw new IllegalArgumentException(
                    "An import needs one INSERT, UPDATE, DELETE or REPLACE without RETURNING, not: " + sql);
        }
        return parsed.statements().get(0);
    }

    @Override
    public Mono<BulkProgress> result() {
        return Mono.create(sink -> {
            Filling filling = new Filling(sink);
            sink.onDispose(filling);
            rows.subscribe(filling);
        });
    }

    @Override
    public Flux<BulkProgress> progress() {
        return progress.asFlux();
    }

    private final class Filling extends BaseSubscriber<Object[]> implements CoreSubscriber<Object[]>, Disposable {
        private final MonoSink<BulkProgress> sink;
        private final int parameters = statement.parameterCount();
        private List<@Nullable Object[]> window = new ArrayList<>();
        private long bytes;
        private long outstanding;
        private boolean writing;
        private boolean complete;
        private boolean over;
        private long committed;
        private long windows;
        private @Nullable Throwable failure;

        Filling(MonoSink<BulkProgress> sink) {
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
                cancel();
                end(e);
                return;
            }
            BulkWindow full;
            synchronized (this) {
                outstanding--;
                window.add(values);
                full = takeIfDue();
            }
            if (full != null) {
                write(full);
            }
            ask();
        }

        private @Nullable Object[] encode(Object[] row) {
            if (row.length != parameters) {
                throw new IllegalArgumentException("Row " + (committed + window.size() + 1) + " of the import has "
                        + row.length + " values, the statement has " + parameters + " parameters: " + statement.sql());
            }
            @Nullable Object[] values = new Object[parameters];
            long size = 16L + 16L * parameters;
            for (int i = 0; i < parameters; i++) {
                Object value = row[i];
                if (value instanceof Long || value instanceof Double && !((Double) value).isNaN()) {
                    values[i] = value;
                } else if (value != null) {
                    Object encoded = codecs.encode(value);
                    values[i] = encoded;
                    if (encoded instanceof String text) {
                        size += 2L * text.length();
                    } else if (encoded instanceof byte[] blob) {
                        size += blob.length;
                    }
                }
            }
            synchronized (this) {
                bytes += size;
            }
            return values;
        }

        /** Takes the window when it is full, or the last one, and nothing is being written. */
        private @Nullable BulkWindow takeIfDue() {
            boolean full = window.size() >= options.windowRows() || bytes >= options.windowBytes();
            boolean last = complete && !window.isEmpty();
            if (writing || over || !(full || last)) {
                return null;
            }
            BulkWindow taken = new BulkWindow(statement.sql(), window, bytes);
            window = new ArrayList<>(options.windowRows());
            bytes = 0;
            writing = true;
            return taken;
        }

        /** Asks for as much as the window still takes, a slice at a time. */
        private void ask() {
            long want = 0;
            synchronized (this) {
                boolean room = bytes < options.windowBytes();
                long free = options.windowRows() - window.size() - outstanding;
                if (room && !complete && !over && outstanding <= SLICE / 4 && free > 0) {
                    want = Math.min(SLICE, free);
                    outstanding += want;
                }
            }
            if (want > 0) {
                request(want);
            }
        }

        private void write(BulkWindow full) {
            session.write(full).subscribe(this::written, this::end);
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
                finished = next == null && !over && (complete && window.isEmpty() || failure != null);
                over |= finished;
            }
            progress.tryEmitNext(now);
            if (next != null) {
                write(next);
            }
            if (finished) {
                finish(now);
            } else {
                ask();
            }
        }

        private void finish(BulkProgress last) {
            progress.tryEmitComplete();
            Throwable reason = failure;
            if (reason == null) {
                sink.success(last);
            } else {
                sink.error(new SqliteBulkException(last.rows(), statement.sql(), reason));
            }
        }

        @Override
        protected void hookOnComplete() {
            BulkWindow last;
            boolean empty;
            synchronized (this) {
                complete = true;
                last = takeIfDue();
                empty = last == null && !writing && window.isEmpty() && !over;
                over |= empty;
            }
            if (last != null) {
                write(last);
            } else if (empty) {
                finish(new BulkProgress(committed, windows));
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            end(error);
        }

        /** Ends with an error; a window that is being written is counted first. */
        private void end(Throwable error) {
            boolean now;
            synchronized (this) {
                if (over || failure != null) {
                    return;
                }
                failure = error;
                window = new ArrayList<>();
                now = !writing || error instanceof io.r2dbc.spi.R2dbcException;
                over = now;
            }
            cancel();
            if (now) {
                finish(new BulkProgress(committed, windows));
            }
        }
    }
}
