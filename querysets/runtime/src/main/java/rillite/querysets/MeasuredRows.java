package rillite.querysets;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import rillite.querysets.insights.StatementRecorder;

/** The signals of a statement on a connection, measured for insights. */
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
        rows.subscribe(new Measured<>(actual, Measured.begun(recorder, sql, actual, asking, now), counted, now));
    }
}
