package rillite.querysets;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import rillite.querysets.insights.RecordedShape;
import rillite.querysets.insights.StatementRecorder;

/** Passes on the signals of a statement as they come, and tells insights how long it took and how many rows it gave. */
sealed class Measured<T> implements CoreSubscriber<T>, Subscription, Scannable permits WatchedRows.Watched {

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Measured> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(Measured.class, "ended");

    final CoreSubscriber<? super T> actual;
    private final @Nullable RecordedShape shape;
    private final boolean counted;
    private final long began;
    private @Nullable Subscription source;
    private long rows;
    private volatile int ended;

    /**
     * @param shape null when insights are off
     * @param counted whether what comes are rows
     * @param began when it was sent, by {@link System#nanoTime}
     */
    Measured(CoreSubscriber<? super T> actual, @Nullable RecordedShape shape, boolean counted, long began) {
        this.actual = actual;
        this.shape = shape;
        this.counted = counted;
        this.began = began;
    }

    /** Looks up the shape of a statement that begins, and notes who asked for it. */
    static RecordedShape begun(
            StatementRecorder recorder, String sql, CoreSubscriber<?> actual, @Nullable Asking asking, long now) {
        RecordedShape shape = recorder.shape(sql);
        if (asking != null && asking.isNext()) {
            recorder.asked(shape, actual, now, asking.site());
        }
        return shape;
    }

    @Override
    public final Context currentContext() {
        return actual.currentContext();
    }

    /** So that one can find out who it is for. */
    @Override
    @SuppressWarnings("rawtypes")
    public final @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.ACTUAL ? actual : key == Attr.PARENT ? source : null;
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        if (Operators.validate(source, subscription)) {
            source = subscription;
            actual.onSubscribe(this);
        }
    }

    @Override
    public final void onNext(T row) {
        rows++;
        actual.onNext(row);
    }

    @Override
    public void onError(Throwable error) {
        end(System.nanoTime());
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        end(System.nanoTime());
        actual.onComplete();
    }

    @Override
    public final void request(long n) {
        if (source != null) {
            source.request(n);
        }
    }

    @Override
    public void cancel() {
        end(System.nanoTime());
        if (source != null) {
            source.cancel();
        }
    }

    /** The statement has ended, at whichever end comes first. */
    final void end(long now) {
        if (shape != null && ENDED.compareAndSet(this, 0, 1)) {
            shape.ended(now - began, counted ? rows : 0);
        }
    }
}
