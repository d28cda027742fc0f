package rillite.r2dbc;

import org.reactivestreams.Publisher;

/** Imports many rows under backpressure; a capability of connections and factories. */
public interface SqliteBulk {

    /**
     * Prepares an import of rows by one statement. Nothing happens before {@link BulkRun#result()} is subscribed.
     *
     * <p>Rows are taken in windows bounded by rows and bytes; each window is one transaction and one place in the writer's
     * queue, so that single writes go between two windows. While one window is being written the next is filled: at most
     * two are on the heap. In an open transaction of this connection all windows belong to it.
     *
     * @param sql one INSERT, UPDATE, DELETE or REPLACE with parameters and without RETURNING
     * @param rows one array per row, with a value for each parameter; null is NULL
     * @throws IllegalArgumentException if the SQL is anything else
     */
    BulkRun insert(String sql, Publisher<? extends Object[]> rows, BulkOptions options);

    /** The same with the default options. */
    default BulkRun insert(String sql, Publisher<? extends Object[]> rows) {
        return insert(sql, rows, BulkOptions.defaults());
    }
}
