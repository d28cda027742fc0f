package rillite.querysets;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import rillite.querysets.insights.RecordedShape;
import rillite.querysets.insights.StatementRecorder;

/** The signals of a statement as they come, with a note of how long it took and how many rows it gave. */
final class MeasuredRows<T> extends Flux<T> {

    private final Flux<T> rows;
    private final StatementRecorder recorder;
    private final String sql;
    private final boolean counted;
    private final @Nullable Asking asking;

    /**
     * @param counted whether what comes are rows
     * @param asking null for a statement that is one of several of a verb
     */
    MeasuredRows(Flux<T> rows, StatementRecorder recorder, String sql, boolean counted, @Nullable Asking asking) {
        this.rows = rows;
        this.recorder = recorder;
        this.sql = sql;
        this.counted = counted;
        this.asking = asking;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        long now = System.nanoTime();
        RecordedShape shape = recorder.shape(sql);
        if (asking != null && asking.isNext()) {
            recorder.asked(shape, actual, now, asking.site());
        }
        rows.subscribe(new Measured<>(actual, shape, counted, now));
    }

    private static final class Measured<T> implements CoreSubscriber<T>, Subscription, Scannable {

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Measured> ENDED =
                AtomicIntegerFieldUpdater.newUpdater(Measured.class, "ended");

        private final CoreSubscriber<? super T> actual;
        private final RecordedShape shape;
        private final boolean counted;
        private final long began;
        private @Nullable Subscription source;
        private long rows;
        private volatile int ended;

        Measured(CoreSubscriber<? super T> actual, RecordedShape shape, boolean counted, long began) {
            this.actual = actual;
            this.shape = shape;
            this.counted = counted;
            this.began = began;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public @Nullable Object scanUnsafe(Attr key) {
            return key == Attr.ACTUAL ? actual : key == Attr.PARENT ? source : null;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(source, subscription)) {
                source = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T row) {
            rows++;
            actual.onNext(row);
        }

        @Override
        public void onError(Throwable error) {
            end();
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            end();
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            if (source != null) {
                source.request(n);
            }
        }

        @Override
        public void cancel() {
            end();
            if (source != null) {
                source.cancel();
            }
        }

        private void end() {
            if (ENDED.compareAndSet(this, 0, 1)) {
                shape.ended(System.nanoTime() - began, counted ? rows : 0);
            }
        }
    }
}
