package rillite.querysets;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Tells the listeners of one database what is sent. */
final class Statements {

    private final List<StatementListener> listeners = new CopyOnWriteArrayList<>();

    private final BiConsumer<String, Throwable> failures;

    /**
     * @param failures told of statements in transactions that failed
     */
    Statements(List<StatementListener> listeners, BiConsumer<String, Throwable> failures) {
        this.failures = failures;
        this.listeners.addAll(listeners);
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
