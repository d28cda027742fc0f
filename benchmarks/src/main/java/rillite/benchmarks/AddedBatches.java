package rillite.benchmarks;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The plain SPI way: a transaction of statements with 1,000 added bindings each. */
final class AddedBatches implements BulkInsert {

    @Override
    public Mono<Long> insert(Connection connection, String sql, Flux<Object[]> rows) {
        Mono<Long> counted = rows.buffer(JdbcStore.BATCH)
                .concatMap(batch -> execute(connection.createStatement(sql), batch), 2)
                .reduce(0L, Long::sum);
        return Mono.from(connection.beginTransaction())
                .then(counted)
                .flatMap(count -> Mono.from(connection.commitTransaction()).thenReturn(count))
                .onErrorResume(
                        error -> Mono.from(connection.rollbackTransaction()).then(Mono.error(error)));
    }

    private static Publisher<Long> execute(Statement statement, List<Object[]> batch) {
        for (int i = 0; i < batch.size(); i++) {
            Object[] row = batch.get(i);
            for (int column = 0; column < row.length; column++) {
                statement.bind(column, row[column]);
            }
            if (i < batch.size() - 1) {
                statement.add();
            }
        }
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated);
    }
}
