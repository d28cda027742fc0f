package rillite.r2dbc;

import reactor.core.publisher.Flux;

/** Tells which rows changed, once they are committed; a capability of connections and factories. */
public interface SqliteChanges {

    /**
     * Returns the changes that this process makes to the database from the subscription on, by whichever connection or
     * factory. What is started after {@code subscribe} has returned is told; of a transaction that was open then, what
     * follows. Changes come after their COMMIT, commit by commit in the order of the commits, and within one in the order in
     * which they were made. What a failed statement, a rollback or a rollback to a savepoint has undone is never told, nor
     * is a commit whose outcome is unknown.
     *
     * <p>Rows that triggers and foreign keys change are told too, and those of the tables in which a virtual table keeps
     * its data. SQLite does not tell: changes of WITHOUT ROWID tables, a DELETE without WHERE that empties a
     * table as a whole ({@code WHERE true} makes it go row by row), and rows that ON CONFLICT REPLACE puts away. Temporary tables, attached files and other processes are left out.
     *
     * <p>The connection that writes is watched only while somebody listens. Signals arrive on the emission scheduler. A
     * subscriber that has not taken 8,192 changes when more come, or one commit of more than that, ends it at once with a
     * {@link SqliteTransientResourceException} (53400), without those that still waited. Cancel stops listening; closing
     * the engine completes the flux after what was committed; closing the connection it was asked from does not.
     */
    Flux<SqliteChange> changes();
}
