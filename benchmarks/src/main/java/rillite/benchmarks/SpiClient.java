package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Single statements on one R2DBC connection. */
record SpiClient(Connection connection) implements Client {

    @Override
    public Publisher<Long> read(long id) {
        return Mono.fromDirect(
                        connection.createStatement(Item.LOOKUP).bind(0, id).execute())
                .flatMapMany(result -> result.map(SpiClient::amount));
    }

    @Override
    public Publisher<Long> insert(long who) {
        return Mono.fromDirect(connection
                        .createStatement(INSERT_ENTRY)
                        .bind(0, who)
                        .bind(1, NOTE)
                        .execute())
                .flatMapMany(Result::getRowsUpdated);
    }

    private static Long amount(Row row, RowMetadata metadata) {
        return requireNonNull(row.get(0, Long.class));
    }

    /** Opens and closes a connection around every statement, as a repository without a transaction does. */
    record PerOperation(ConnectionFactory factory) implements Client {

        @Override
        public Publisher<Long> read(long id) {
            return Flux.usingWhen(
                    factory.create(), connection -> new SpiClient(connection).read(id), Connection::close);
        }

        @Override
        public Publisher<Long> insert(long who) {
            return Flux.usingWhen(
                    factory.create(), connection -> new SpiClient(connection).insert(who), Connection::close);
        }
    }
}
