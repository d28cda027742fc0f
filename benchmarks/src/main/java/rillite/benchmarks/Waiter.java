package rillite.benchmarks;

import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The smallest subscriber that can tell whether it was answered rightly. Demands everything. */
final class Waiter implements Subscriber<Long> {

    private final CountDownLatch open;
    private final long expected;
    private volatile boolean answered;
    private volatile @Nullable Histogram waits;
    private volatile @Nullable Throwable failure;
    private long start;
    private long value = -1;

    Waiter(CountDownLatch open, long expected) {
        this.open = open;
        this.expected = expected;
    }

    void startedAt(long nanos, Histogram histogram) {
        start = nanos;
        waits = histogram;
    }

    boolean answered() {
        return answered;
    }

    /** Why it did not get its value; empty while it may still come. */
    String failure() {
        Throwable error = failure;
        return error == null ? "" : error.toString();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Long next) {
        value = next;
    }

    @Override
    public void onError(Throwable error) {
        failure = error;
        open.countDown();
    }

    @Override
    public void onComplete() {
        Histogram histogram = waits;
        if (histogram != null) {
            histogram.recordValue(Math.max(0, System.nanoTime() - start));
        }
        if (value == expected) {
            answered = true;
        } else {
            failure = new IllegalStateException("expected " + expected + ", found " + value);
        }
        open.countDown();
    }
}
