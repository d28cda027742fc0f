package rillite.r2dbc;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** What one subscriber of the change feed has still to be told; filled on the writer, drained on the emission scheduler. */
final class ChangeSubscription implements Subscription {
    private final ChangeFeed feed;
    private final CoreSubscriber<? super SqliteChange> actual;
    private final Scheduler emission;
    private final Queue<List<SqliteChange>> commits = new ConcurrentLinkedQueue<>();
    private final AtomicInteger behind = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;
    private List<SqliteChange> current = List.of();
    private int position;
    private boolean told;

    ChangeSubscription(ChangeFeed feed, CoreSubscriber<? super SqliteChange> actual, Scheduler emission) {
        this.feed = feed;
        this.actual = actual;
        this.emission = emission;
    }

    boolean isOver() {
        return cancelled || failure != null;
    }

    void offer(List<SqliteChange> commit) {
        if (isOver()) {
            return;
        }
        int size = behind.addAndGet(commit.size());
        if (size > ChangeFeed.MOST) {
            missed(size);
        } else {
            commits.add(commit);
            drainSoon();
        }
    }

    void missed(long changes) {
        fail(Errors.engine(
                EngineFault.CHANGES_MISSED,
                "A subscriber of the change feed would be " + changes + " changes behind, the most is "
                        + ChangeFeed.MOST,
                null,
                null));
    }

    void complete() {
        complete = true;
        feed.remove(this);
        drainSoon();
    }

    private void fail(Throwable error) {
        failure = error;
        feed.remove(this);
        drainSoon();
    }

    @Override
    public void request(long n) {
        if (n < 1) {
            fail(new IllegalArgumentException(
                    "request(n) needs n of at least 1 (Reactive Streams rule 3.9), was " + n));
            return;
        }
        demand.accumulateAndGet(n, Operators::addCap);
        drainSoon();
    }

    @Override
    public void cancel() {
        cancelled = true;
        feed.remove(this);
        drainSoon();
    }

    private void drainSoon() {
        if (wanted.getAndIncrement() == 0) {
            try {
                emission.schedule(this::drain);
            } catch (RejectedExecutionException disposed) {
                // a signal must not get lost because somebody shut the scheduler down
                drain();
            }
        }
    }

    private void drain() {
        int seen = wanted.get();
        do {
            while (!told && step()) {
                behind.decrementAndGet();
            }
            seen = wanted.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Tells one change, or the end; false when there is nothing to tell now. */
    private boolean step() {
        boolean last = complete;
        Throwable error = failure;
        if (cancelled || error != null) {
            end();
            if (!cancelled && error != null) {
                actual.onError(error);
            }
            return false;
        }
        if (position == current.size()) {
            List<SqliteChange> next = commits.poll();
            if (next == null) {
                if (last) {
                    end();
                    actual.onComplete();
                }
                return false;
            }
            current = next;
            position = 0;
        }
        if (demand.get() == 0) {
            return false;
        }
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        actual.onNext(current.get(position++));
        return true;
    }

    private void end() {
        told = true;
        commits.clear();
        current = List.of();
        position = 0;
    }
}
