package rillite.querysets;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the statements of a database, for tests: that a page costs two statements, and not one per row.
 *
 * <p>It counts everything that the database sends from {@link #on} to {@link #close}, whoever subscribes; tests that run
 * side by side need a database each. BEGIN, COMMIT, ROLLBACK and savepoints are not statements here. At most 50 different
 * texts are remembered. Safe for threads.
 */
public final class StatementCounter implements AutoCloseable {

    private static final int TEXTS = 50;
    private static final int LENGTH = 500;

    private final Statements statements;
    private final StatementListener listener = this::sent;
    private final Map<String, Long> texts = new LinkedHashMap<>();
    private long count;

    private StatementCounter(Statements statements) {
        this.statements = statements;
    }

    /** Starts to count. */
    public static StatementCounter on(Database database) {
        StatementCounter counter = new StatementCounter(database.statements());
        counter.statements.add(counter.listener);
        return counter;
    }

    private synchronized void sent(String sql) {
        count++;
        String text = sql.length() <= LENGTH ? sql : sql.substring(0, LENGTH) + "...";
        if (texts.size() < TEXTS || texts.containsKey(text)) {
            texts.merge(text, 1L, Long::sum);
        }
    }

    /** Statements since the start or the last {@link #reset}. */
    public synchronized long count() {
        return count;
    }

    /** Counts from 0 again. */
    public synchronized void reset() {
        count = 0;
        texts.clear();
    }

    /**
     * Checks the number of statements since the start or the last {@link #reset}.
     *
     * @throws AssertionError another number; the message lists the texts with how often each was sent
     */
    public synchronized void assertStatements(long expected) {
        if (count != expected) {
            throw new AssertionError(message(expected));
        }
    }

    private String message(long expected) {
        StringBuilder text = new StringBuilder("Expected " + expected + (expected == 1 ? " statement" : " statements")
                + ", sent were " + count + (count == 0 ? "." : ":"));
        long shown = 0;
        for (Map.Entry<String, Long> one : texts.entrySet()) {
            text.append("\n  ").append(one.getValue()).append(" x ").append(one.getKey());
            shown += one.getValue();
        }
        return shown == count ? text.toString() : text + "\n  " + (count - shown) + " x other texts";
    }

    /** Stops counting; the count stays readable. */
    @Override
    public void close() {
        statements.remove(listener);
    }
}
