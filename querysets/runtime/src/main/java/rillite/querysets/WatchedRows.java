package rillite.querysets;

import io.r2dbc.spi.R2dbcException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.insights.RecordedShape;
import rillite.querysets.insights.StatementRecorder;

/**
 * The signals of a statement as they come, with a look at the schema where {@link SchemaWatch} wants one before the end or
 * the error is told. By hand, because this stands in every statement: rows and demand pass through untouched, and an end
 * that nobody has to wait for costs a look at the clock.
 */
final class WatchedRows<T> extends Flux<T> {

    private final SchemaWatch schema;
    private final Flux<T> rows;
    private final Function<Throwable, String> sql;
    private final @Nullable StatementRecorder recorder;
    private final String text;
    private final @Nullable Asking asking;

    /**
     * @param sql the text of the statement that failed with an error
     */
    WatchedRows(SchemaWatch schema, Flux<T> rows, Function<Throwable, String> sql) {
        this.schema = schema;
        this.rows = rows;
        this.sql = sql;
        recorder = null;
        text = "";
        asking = null;
    }

    /** One query, which is measured too where insights are on. */
    WatchedRows(SqlRunner runner, Flux<T> rows, String text, @Nullable Asking asking) {
        schema = runner.schema();
        this.rows = rows;
        sql = error -> text;
        recorder = runner.statements().recorder();
        this.text = text;
        this.asking = asking;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (recorder == null) {
            rows.subscribe(new Watched<>(schema, sql, actual, null, 0));
        } else {
            long now = System.nanoTime();
            RecordedShape shape = Measured.begun(recorder, text, actual, asking, now);
            rows.subscribe(new Watched<>(schema, sql, actual, shape, now));
        }
    }

    static final class Watched<T> extends Measured<T> {

        private final SchemaWatch schema;
        private final Function<Throwable, String> sql;
        private final Catalog before;
        private volatile @Nullable Disposable look;
        private volatile boolean cancelled;

        private Watched(
                SchemaWatch schema,
                Function<Throwable, String> sql,
                CoreSubscriber<? super T> actual,
                @Nullable RecordedShape shape,
                long began) {
            super(actual, shape, true, began);
            this.schema = schema;
            this.sql = sql;
            before = schema.catalog();
        }

        @Override
        public void onComplete() {
            long now = System.nanoTime();
            end(now);
            Mono<?> pending = schema.atTheEnd(now);
            if (pending == null) {
                actual.onComplete();
            } else {
                await(pending);
            }
        }

        @Override
        public void onError(Throwable error) {
            end(System.nanoTime());
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
        public void cancel() {
            cancelled = true;
            super.cancel();
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
