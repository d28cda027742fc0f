package rillite.r2dbc;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One prepared import. */
public interface BulkRun {

    /**
     * Runs the import; every subscription is one. Gives the final count on the emission scheduler. Cancelling cancels the
     * source and lets a window that is being written end; what is committed stays.
     *
     * @return errors are {@link SqliteBulkException}, with the number of rows that are committed, and its cause: the error
     *     of the database or of the source
     */
    Mono<BulkProgress> result();

    /** Tells of every committed window of the running import, the newest first to a late subscriber; ends with it. */
    Flux<BulkProgress> progress();
}
