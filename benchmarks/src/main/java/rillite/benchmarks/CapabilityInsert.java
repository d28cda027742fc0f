package rillite.benchmarks;

import io.r2dbc.spi.Connection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.BulkProgress;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteCapabilities;

/** The driver's import: a transaction per window, the next window filled while one is written. */
final class CapabilityInsert implements BulkInsert {

    @Override
    public Mono<Long> insert(Connection connection, String sql, Flux<Object[]> rows) {
        return SqliteCapabilities.require(connection, SqliteBulk.class)
                .insert(sql, rows)
                .result()
                .map(BulkProgress::rows);
    }
}
