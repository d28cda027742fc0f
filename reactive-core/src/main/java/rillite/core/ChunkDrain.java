package rillite.core;

import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * The emission side of a cursor: chunks come in from a lane, rows go out as far as demand goes, one thread at a time. Asks
 * for the next chunk as soon as one is being delivered and the demand or a quarter of it is left.
 */
final class ChunkDrain<K extends PreparedCursor.Chunk, T> implements Runnable {
    private final CoreSubscriber<? super T> actual;
    private final PreparedCursor.Reader<K, T> reader;
    private final Emitter emitter;
    private final Pulls pulls;
    private final Queue<K> chunks = Queues.<K>unbounded(8).get();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();
    private volatile boolean ended;
    private volatile @Nullable Throwable error;
    private volatile boolean halted;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable aborted;
    private Scheduler.@Nullable Worker worker;
    private @Nullable K current;
    private int index;
    private boolean done;

    ChunkDrain(CoreSubscriber<? super T> actual, PreparedCursor.Reader<K, T> reader, Emitter emitter, Pulls pulls) {
        this.actual = actual;
        this.reader = reader;
        this.emitter = emitter;
        this.pulls = pulls;
    }

    void addDemand(long n) {
        requested.getAndUpdate(now -> Operators.addCap(now, n));
    }

    boolean hasDemand() {
        return requested.get() > 0;
    }

    /** Adds a chunk; on the lane, before {@link #finish} and before the drain is asked to run. */
    void add(K chunk) {
        chunks.offer(chunk);
    }

    /** No chunk follows; the error, if there is one, comes after the rows. */
    void finish(@Nullable Throwable reason) {
        error = reason;
        ended = true;
    }

    /** Drops the rows that wait and ends with this error now, whatever the demand. */
    void abort(Throwable reason) {
        aborted = reason;
        halted = true;
        drainThere();
    }

    void cancel() {
        cancelled = true;
        halted = true;
        if (wip.getAndIncrement() == 0) {
            run();
        }
    }

    boolean hasChunks() {
        return !chunks.isEmpty();
    }

    /** Emits on the calling thread, unless somebody emits already. */
    void drainHere() {
        if (wip.getAndIncrement() == 0) {
            run();
        }
    }

    /** Emits on the emission scheduler, unless somebody emits already. */
    void drainThere() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        if (done || cancelled) {
            run();
            return;
        }
        Scheduler.Worker there = worker;
        if (there == null) {
            there = emitter.worker();
            worker = there;
        }
        try {
            there.schedule(this);
        } catch (RejectedExecutionException disposed) {
            run();
        }
    }

    @Override
    public void run() {
        int missed = wip.get();
        while (true) {
            try {
                emit();
            } catch (Throwable t) {
                broken(t);
            }
            missed = wip.addAndGet(-missed);
            if (missed == 0) {
                return;
            }
        }
    }

    private void emit() {
        if (done) {
            chunks.clear();
            return;
        }
        long demand = requested.get();
        long emitted = 0;
        while (true) {
            if (halted) {
                halt();
                return;
            }
            K chunk = current;
            if (chunk == null || index >= chunk.size()) {
                boolean last = ended;
                chunk = chunks.poll();
                current = chunk;
                index = 0;
                if (chunk == null) {
                    if (last) {
                        complete();
                        return;
                    }
                    break;
                }
                pulls.more(chunk.size(), chunk.size(), demand - emitted);
                continue;
            }
            if (emitted == demand) {
                break;
            }
            T value;
            try {
                value = reader.read(chunk, index++);
            } catch (Throwable t) {
                fail(t);
                return;
            }
            int left = chunk.size() - index;
            if ((left << 2) == (chunk.size() & ~3)) {
                pulls.more(left, chunk.size(), demand - emitted);
            }
            if (value != null) {
                emitted++;
                actual.onNext(value);
            }
        }
        if (emitted != 0 && demand != Long.MAX_VALUE) {
            requested.addAndGet(-emitted);
        }
        K chunk = current;
        int left = chunk == null ? 0 : chunk.size() - index;
        pulls.more(left, chunk == null ? 0 : chunk.size(), requested.get());
    }

    private void complete() {
        clear();
        Throwable reason = error;
        if (reason == null) {
            actual.onComplete();
        } else {
            actual.onError(reason);
        }
    }

    private void halt() {
        clear();
        Throwable reason = aborted;
        if (!cancelled && reason != null) {
            actual.onError(reason);
        }
    }

    private void fail(Throwable reason) {
        clear();
        pulls.stop();
        actual.onError(Operators.onOperatorError(null, reason, actual.currentContext()));
    }

    /** A subscriber that throws breaks the rules; its cursor must not stay open for it. */
    private void broken(Throwable thrown) {
        clear();
        pulls.stop();
        Operators.onErrorDropped(thrown, actual.currentContext());
    }

    private void clear() {
        done = true;
        current = null;
        chunks.clear();
        Scheduler.Worker there = worker;
        if (there != null) {
            worker = null;
            there.dispose();
        }
    }

    /** The native side, as the drain sees it. */
    interface Pulls {
        /** Tells how many rows of the chunk in hand are left, its size, and how many more are wanted. */
        void more(int left, int size, long demand);

        /** Ends the native side without a signal. */
        void stop();
    }
}
