package rillite.querysets;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import rillite.querysets.insights.StatementRecorder;

/** Tells the listeners of one database what is sent, and its insights how that went. */
final class Statements {

    private final List<StatementListener> listeners;
    private final BiConsumer<String, Throwable> failures;
    private final @Nullable StatementRecorder recorder;

    /**
     * @param failures told of statements in transactions that failed
     * @param recorder null when insights are off
     */
    Statements(
            List<StatementListener> listeners,
            BiConsumer<String, Throwable> failures,
            @Nullable StatementRecorder recorder) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
        this.failures = failures;
        this.recorder = recorder;
    }

    private Statements(Statements recorded) {
        listeners = recorded.listeners;
        failures = recorded.failures;
        recorder = null;
    }

    /** The same without insights: for their own statements. */
    Statements unrecorded() {
        return new Statements(this);
    }

    /** Null when insights are off. */
    @Nullable StatementRecorder recorder() {
        return recorder;
    }

    /** A statement that a program asks for here by itself; null when insights are off. */
    @Nullable Asking asking() {
        return recorder == null ? null : Asking.at(recorder.callSite());
    }

    /**
     * The same signals, measured where insights are on.
     *
     * @param counted whether what comes are rows
     * @param asking null for a statement that is one of several of a verb
     */
    <T> Flux<T> measured(String sql, Flux<T> rows, boolean counted, @Nullable Asking asking) {
        return recorder == null ? rows : new MeasuredRows<>(rows, recorder, sql, counted, asking);
    }

    void add(StatementListener listener) {
        listeners.add(listener);
    }

    void remove(StatementListener listener) {
        listeners.remove(listener);
    }

    void failed(String sql, Throwable error) {
        failures.accept(sql, error);
    }

    void sent(String sql) {
        for (StatementListener listener : listeners) {
            try {
                listener.sent(sql);
            } catch (RuntimeException e) {
                Log.of(StatementListener.class).log(System.Logger.Level.WARNING, "A statement listener failed", e);
            }
        }
    }
}
