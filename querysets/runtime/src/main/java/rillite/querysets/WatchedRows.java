package rillite.querysets;

import io.r2dbc.spi.R2dbcException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The signals of a statement as they come, with a look at the schema where {@link SchemaWatch} wants one before the end or
 * the error is told. By hand, because this stands in every statement: rows and demand pass through untouched, and an end
 * that nobody has to wait for costs a look at the clock.
 */
final class WatchedRows<T> extends Flux<T> {

    private final SchemaWatch schema;
    private final Flux<T> rows;
    private final Function<Throwable, String> sql;

    /**
     * @param sql the text of the statement that failed with an error
     */
    WatchedRows(SchemaWatch schema, Flux<T> rows, Function<Throwable, String> sql) {
        this.schema = schema;
        this.rows = rows;
        this.sql = sql;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        rows.subscribe(new Watched<>(schema, sql, actual));
    }

    private static final class Watched<T> implements CoreSubscriber<T>, Subscription, Scannable {

        private final SchemaWatch schema;
        private final Function<Throwable, String> sql;
        private final CoreSubscriber<? super T> actual;
        private final Catalog before;
        private @Nullable Subscription rows;
        private volatile @Nullable Disposable look;
        private volatile boolean cancelled;

        Watched(SchemaWatch schema, Function<Throwable, String> sql, CoreSubscriber<? super T> actual) {
            this.schema = schema;
            this.sql = sql;
            this.actual = actual;
            before = schema.catalog();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        /** So that one can find from a statement who it is for. */
        @Override
        @SuppressWarnings("rawtypes")
        public @Nullable Object scanUnsafe(Attr key) {
            return key == Attr.ACTUAL ? actual : key == Attr.PARENT ? rows : null;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(rows, subscription)) {
                rows = subscription;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(T row) {
            actual.onNext(row);
        }

        @Override
        public void onComplete() {
            Mono<?> pending = schema.atTheEnd();
            if (pending == null) {
                actual.onComplete();
            } else {
                await(pending);
            }
        }

        @Override
        public void onError(Throwable error) {
            // Only of errors of the driver is there certainly a text.
            Throwable told = error instanceof R2dbcException ? SearchErrors.explained(error, sql.apply(error)) : error;
            if (schema.explains(told)) {
                await(schema.explain(told, sql, before));
            } else {
                actual.onError(told);
            }
        }

        /** Ends as the look does, which gives no element. */
        private void await(Mono<?> pending) {
            look = pending.subscribe(ignored -> {}, actual::onError, actual::onComplete, actual.currentContext());
            if (cancelled) {
                stop();
            }
        }

        @Override
        public void request(long n) {
            if (rows != null) {
                rows.request(n);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (rows != null) {
                rows.cancel();
            }
            stop();
        }

        private void stop() {
            Disposable running = look;
            if (running != null) {
                running.dispose();
            }
        }
    }
}
