package rillite.querysets;

/** Is told of every statement of a {@link Database}: for logs, metrics and tests. */
@FunctionalInterface
public interface StatementListener {

    /**
     * Called when a statement is handed to the driver, on the thread that subscribes to it; must be quick and must not
     * block. What it throws is logged and does not disturb the statement. BEGIN, COMMIT, ROLLBACK and savepoints are not
     * told.
     *
     * @param sql the text, which holds no bind values
     */
    void sent(String sql);
}
