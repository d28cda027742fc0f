package rillite.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A subscriber that checks the rules of Reactive Streams on every signal and keeps what it heard. */
public final class SignalProbe<T> implements CoreSubscriber<T> {
    private final List<T> values = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Consumer<SignalProbe<T>> onValue;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable Throwable error;
    private volatile @Nullable String terminalThread;
    private volatile boolean completed;
    private volatile boolean cancelled;
    private volatile int count;

    public SignalProbe() {
        this(probe -> {});
    }

    /** The consumer runs inside each onNext. */
    public SignalProbe(Consumer<SignalProbe<T>> onValue) {
        this.onValue = onValue;
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (subscription != null) {
            broken("onSubscribe twice");
        }
        subscription = given;
    }

    private void enter(String signal) {
        if (inside.getAndIncrement() != 0) {
            broken(signal + " beside another signal");
        }
        if (completed || error != null) {
            broken(signal + " after the end");
        }
    }

    @Override
    public void onNext(T value) {
        enter("onNext");
        if (demand.getAndDecrement() <= 0) {
            broken("onNext without demand");
        }
        synchronized (values) {
            values.add(value);
        }
        count++;
        onValue.accept(this);
        inside.decrementAndGet();
    }

    @Override
    public void onError(Throwable thrown) {
        enter("onError");
        terminalThread = Thread.currentThread().getName();
        error = thrown;
        over.countDown();
        inside.decrementAndGet();
    }

    @Override
    public void onComplete() {
        enter("onComplete");
        terminalThread = Thread.currentThread().getName();
        completed = true;
        over.countDown();
        inside.decrementAndGet();
    }

    private void broken(String rule) {
        synchronized (broken) {
            broken.add(rule);
        }
    }

    public SignalProbe<T> request(long n) {
        demand.getAndUpdate(now -> now + n < 0 ? Long.MAX_VALUE : now + n);
        subscription().request(n);
        return this;
    }

    public SignalProbe<T> requestAll() {
        return request(Long.MAX_VALUE);
    }

    public void cancel() {
        cancelled = true;
        subscription().cancel();
    }

    public Subscription subscription() {
        Subscription given = subscription;
        if (given == null) {
            throw new IllegalStateException("not subscribed");
        }
        return given;
    }

    /** Waits for a terminal signal; false when none came in time. */
    public boolean awaitEnd() {
        try {
            return over.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isOver() {
        return over.getCount() == 0;
    }

    public boolean isCompleted() {
        return completed;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** Waits for a terminal signal, which may come from another thread; null when it was none or no error. */
    public @Nullable Throwable error() {
        awaitEnd();
        return error;
    }

    /** Waits for a terminal signal; null when none came in time. */
    public @Nullable String terminalThread() {
        awaitEnd();
        return terminalThread;
    }

    public int count() {
        return count;
    }

    public List<T> values() {
        synchronized (values) {
            return List.copyOf(values);
        }
    }

    /** Returns the rules that were broken. */
    public List<String> broken() {
        synchronized (broken) {
            return List.copyOf(broken);
        }
    }
}
