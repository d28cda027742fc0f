package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Cuts a source into windows by rows and bytes. The source is asked for rows only while a window is wanted, a slice at a
 * time by the size of the rows so far, so that one window is in memory. An error waits until the next window is wanted:
 * the one before is not disturbed. For one subscriber.
 *
 * @param <S> what the source gives
 */
final class RowWindows<S> extends Flux<List<BulkRow>> {

    private static final int FIRST_SLICE = 16;
    private static final int SLICE = 256;

    /** Reads one row, or throws what is wrong with it. */
    interface Reader<S> {
        BulkRow read(long index, S row);
    }

    private final Publisher<? extends S> source;
    private final BulkSettings settings;
    private final Reader<S> reader;
    private volatile long received;

    RowWindows(Publisher<? extends S> source, BulkSettings settings, Reader<S> reader) {
        this.source = source;
        this.settings = settings;
        this.reader = reader;
    }

    /** How many rows arrived well: the position of the one that did not. */
    long received() {
        return received;
    }

    @Override
    public void subscribe(CoreSubscriber<? super List<BulkRow>> subscriber) {
        source.subscribe(new Filling(subscriber));
    }

    private final class Filling implements CoreSubscriber<S>, Subscription {
        private final CoreSubscriber<? super List<BulkRow>> wanting;
        private final AtomicInteger turns = new AtomicInteger();
        private @Nullable Subscription upstream;
        private List<BulkRow> rows = new ArrayList<>();
        private long bytes;
        private long receivedBytes;
        private long outstanding;
        private long wanted;
        private boolean complete;
        private boolean over;
        private @Nullable Throwable failure;

        Filling(CoreSubscriber<? super List<BulkRow>> wanting) {
            this.wanting = wanting;
        }

        @Override
        public Context currentContext() {
            return wanting.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            wanting.onSubscribe(this);
        }

        @Override
        public void onNext(S row) {
            BulkRow read;
            try {
                read = reader.read(received, row);
            } catch (RuntimeException e) {
                stop();
                fail(e);
                return;
            }
            synchronized (this) {
                if (over || failure != null) {
                    return;
                }
                long size = read.bytes();
                received = received + 1;
                receivedBytes += size;
                outstanding--;
                bytes += size;
                rows.add(read);
            }
            drain();
        }

        @Override
        public void onError(Throwable error) {
            fail(error);
        }

        @Override
        public void onComplete() {
            synchronized (this) {
                complete = true;
            }
            drain();
        }

        private void fail(Throwable error) {
            synchronized (this) {
                if (failure != null || over) {
                    return;
                }
                failure = error;
                rows = new ArrayList<>();
                bytes = 0;
            }
            drain();
        }

        @Override
        public void request(long windows) {
            synchronized (this) {
                wanted = Operators.addCap(wanted, windows);
            }
            drain();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                over = true;
                rows = new ArrayList<>();
            }
            stop();
        }

        private void stop() {
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
        }

        /** Does what is due, one thread at a time and without recursion. */
        private void drain() {
            if (turns.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                while (step()) {
                    // One step may make another one due.
                }
                missed = turns.addAndGet(-missed);
            } while (missed != 0);
        }

        private boolean step() {
            List<BulkRow> window = null;
            Throwable error = null;
            boolean end = false;
            long ask = 0;
            synchronized (this) {
                if (over) {
                    return false;
                }
                if (failure != null) {
                    error = wanted > 0 ? failure : null;
                } else if (wanted > 0 && isDue()) {
                    wanted--;
                    window = take();
                } else if (complete && rows.isEmpty()) {
                    end = true;
                } else {
                    ask = slice();
                    outstanding += ask;
                }
                over = error != null || end;
            }
            if (window != null) {
                wanting.onNext(window);
            } else if (error != null) {
                wanting.onError(error);
            } else if (end) {
                wanting.onComplete();
            } else if (ask > 0 && upstream != null) {
                upstream.request(ask);
            }
            return window != null || ask > 0;
        }

        private boolean isDue() {
            return !rows.isEmpty() && (complete || rows.size() >= settings.rows() || bytes >= settings.bytes());
        }

        private List<BulkRow> take() {
            int count = 0;
            long size = 0;
            while (count < rows.size() && count < settings.rows() && size < settings.bytes()) {
                size += rows.get(count++).bytes();
            }
            List<BulkRow> window = rows;
            rows = new ArrayList<>(window.subList(count, window.size()));
            bytes -= size;
            return List.copyOf(window.subList(0, count));
        }

        /** How many rows to ask for now. */
        private long slice() {
            long free = settings.rows() - rows.size() - outstanding;
            if (complete || wanted == 0 || outstanding > SLICE / 4 || free <= 0 || bytes >= settings.bytes()) {
                return 0;
            }
            long each = received == 0 ? 1 : Math.max(1, receivedBytes / received);
            // No more than the rows: a limit of bytes may be any number.
            long fit = Math.min(free + outstanding, (settings.bytes() - bytes) / each);
            return Math.max(0, Math.min(Math.min(received == 0 ? FIRST_SLICE : SLICE, free), 1 + fit - outstanding));
        }
    }
}
