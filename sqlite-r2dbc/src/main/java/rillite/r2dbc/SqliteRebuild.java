package rillite.r2dbc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Rebuilds tables that others reference; a capability of connections and factories. */
public interface SqliteRebuild {

    /**
     * Runs work in one write transaction in which foreign keys are not enforced, so that dropping a table neither fails nor
     * deletes the rows that reference it. Before the commit all foreign keys of the database are checked: a row without its
     * parent is an error with SQLState 23503, and the transaction is rolled back.
     *
     * <p>Nobody else writes meanwhile. Foreign keys are enforced again when the transaction ends, in whatever way: commit,
     * error, cancel, timeout or close. Where the configuration does not enforce them, nothing is checked. Nothing happens
     * before subscription; cancel rolls back, a commit that is on its way is not undone.
     *
     * @param work given a connection inside the transaction; what it gives is passed on after the commit
     * @return an error with SQLState 25001 if this connection has a transaction open, 25006 if the database is read-only
     */
    <T> Mono<T> rebuildSession(Function<? super Connection, ? extends Mono<T>> work);
}
