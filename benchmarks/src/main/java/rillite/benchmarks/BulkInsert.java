package rillite.benchmarks;

import io.r2dbc.spi.Connection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many rows from a Flux get into a table in one transaction. */
interface BulkInsert {

    /** Emits the number of inserted rows after the commit; a failure rolls back. */
    Mono<Long> insert(Connection connection, String sql, Flux<Object[]> rows);
}
