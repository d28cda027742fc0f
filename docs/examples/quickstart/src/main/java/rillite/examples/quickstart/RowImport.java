package rillite.examples.quickstart;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.LongConsumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts the rows of a Flux into a table in one transaction, a thousand per statement. */
final class RowImport {

    private static final int BATCH = 1_000;

    private RowImport() {}

    /**
     * Emits the number of rows after the commit; a failure rolls everything back.
     *
     * @param progress told how many rows are in after each batch
     */
    static Mono<Long> insert(ConnectionFactory factory, String sql, Publisher<Object[]> rows, LongConsumer progress) {
        return Flux.usingWhen(
                        factory.create(),
                        connection -> Mono.from(connection.beginTransaction())
                                .then(batches(connection, sql, rows, progress))
                                .flatMap(count -> Mono.from(connection.commitTransaction())
                                        .thenReturn(count)),
                        Connection::close)
                .single();
    }

    private static Mono<Long> batches(
            Connection connection, String sql, Publisher<Object[]> rows, LongConsumer progress) {
        return Flux.from(rows)
                .buffer(BATCH)
                .concatMap(batch -> execute(connection.createStatement(sql), batch), 2)
                .scan(0L, Long::sum)
                .doOnNext(progress::accept)
                .last();
    }

    private static Mono<Long> execute(Statement statement, List<Object[]> batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (i > 0) {
                statement.add();
            }
            Object[] row = batch.get(i);
            for (int column = 0; column < row.length; column++) {
                if (row[column] == null) {
                    statement.bindNull(column, String.class);
                } else {
                    statement.bind(column, row[column]);
                }
            }
        }
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).reduce(0L, Long::sum);
    }
}
