package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The driver as a user of the SPI sees it. */
final class RilliteStore implements ReactiveStore {

    private final ConnectionFactory factory;
    private final int readers;
    private final boolean connectionPerOperation;
    private final BulkInsert bulk = new CapabilityInsert();
    private final List<Connection> opened = new ArrayList<>();

    RilliteStore(String url, Settings settings, boolean connectionPerOperation) {
        this.factory = ConnectionFactories.get(url);
        this.readers = settings.poolSize();
        this.connectionPerOperation = connectionPerOperation;
    }

    @Override
    public List<Client> clients(int count) {
        if (connectionPerOperation) {
            return Collections.nCopies(count, new SpiClient.PerOperation(factory));
        }
        List<Client> clients = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            clients.add(new SpiClient(connect()));
        }
        return clients;
    }

    @Override
    public Runnable occupyReaders() {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            Connection connection = connect();
            held.add(connection);
            wait(Mono.from(connection.beginTransaction(ReadOnly.INSTANCE)).thenMany(new SpiClient(connection).read(1)));
        }
        return () -> held.forEach(connection -> wait(connection.commitTransaction()));
    }

    @Override
    public Sums scan() {
        Sums sums = new Sums();
        wait(Mono.fromDirect(connect().createStatement(Item.SCAN).execute())
                .flatMapMany(result -> result.map(RilliteStore::item))
                .doOnNext(sums::add));
        return sums;
    }

    @Override
    public long load(Flux<Object[]> rows) {
        return requireNonNull(bulk.insert(connect(), Item.INSERT, rows).block());
    }

    @Override
    public void close() {
        opened.forEach(connection -> wait(connection.close()));
        if (factory instanceof Closeable closeable) {
            wait(closeable.close());
        }
    }

    ConnectionFactory factory() {
        return factory;
    }

    /** A connection that lives as long as the store. */
    Connection connect() {
        Connection connection = requireNonNull(Mono.from(factory.create()).block());
        opened.add(connection);
        return connection;
    }

    private static void wait(Publisher<?> work) {
        Flux.from(work).then(Mono.just(true)).block();
    }

    private static Item item(Row row, RowMetadata metadata) {
        return new Item(
                requireNonNull(row.get(0, Long.class)),
                requireNonNull(row.get(1, String.class)),
                requireNonNull(row.get(2, String.class)),
                requireNonNull(row.get(3, Long.class)),
                requireNonNull(row.get(4, Double.class)));
    }
}
