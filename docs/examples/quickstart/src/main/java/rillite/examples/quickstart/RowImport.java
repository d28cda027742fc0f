package rillite.examples.quickstart;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.BulkProgress;
import rillite.r2dbc.BulkRun;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteCapabilities;

/** Puts the rows of a Flux into a table, a window of rows per transaction. */
final class RowImport {

    private RowImport() {}

    /**
     * Emits rows and windows after the last commit; after a failure the windows committed before stay.
     *
     * @param progress told after each commit
     */
    static Mono<BulkProgress> insert(
            ConnectionFactory factory, String sql, Publisher<Object[]> rows, Consumer<BulkProgress> progress) {
        return Mono.usingWhen(
                factory.create(),
                connection -> {
                    BulkRun run = SqliteCapabilities.require(connection, SqliteBulk.class)
                            .insert(sql, rows);
                    return Flux.merge(run.progress(), run.result())
                            .doOnNext(progress)
                            .last();
                },
                Connection::close);
    }
}
