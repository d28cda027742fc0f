package rillite.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What people do today: blocking calls moved to the bounded elastic scheduler. */
final class HikariStore implements ReactiveStore, Client {

    private final HikariDataSource pool;
    private final int poolSize;

    HikariStore(Path file, Settings settings) {
        pool = Pool.open(file, settings);
        poolSize = settings.poolSize();
    }

    @Override
    public List<Client> clients(int count) {
        return Collections.nCopies(count, this);
    }

    @Override
    public Runnable occupyReaders() {
        return Pool.take(pool, poolSize);
    }

    @Override
    public Publisher<Long> read(long id) {
        return Mono.fromCallable(() -> {
                    try (Connection connection = pool.getConnection();
                            PreparedStatement lookup = connection.prepareStatement(Item.LOOKUP)) {
                        lookup.setLong(1, id);
                        try (ResultSet row = lookup.executeQuery()) {
                            row.next();
                            return row.getLong(1);
                        }
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<Long> insert(long who) {
        return Mono.fromCallable(() -> {
                    try (Connection connection = pool.getConnection();
                            PreparedStatement insert = connection.prepareStatement(INSERT_ENTRY)) {
                        insert.setLong(1, who);
                        insert.setString(2, NOTE);
                        return (long) insert.executeUpdate();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Sums scan() {
        Sums sums = new Sums();
        Flux.using(() -> new Cursor(pool.getConnection()), Cursor::rows, Cursor::close)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(sums::add)
                .then(Mono.just(true))
                .block();
        return sums;
    }

    @Override
    public long load(Flux<Object[]> rows) {
        return Unchecked.call(() -> {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                try (JdbcStore.Batches batches = new JdbcStore.Batches(connection)) {
                    rows.buffer(JdbcStore.BATCH)
                            .publishOn(Schedulers.boundedElastic())
                            .doOnNext(batch -> batch.forEach(batches::add))
                            .then(Mono.just(true))
                            .block();
                    long counted = batches.finish();
                    connection.commit();
                    return counted;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    /** A result set as a generated Flux. */
    private static final class Cursor {

        private final Connection connection;
        private final PreparedStatement scan;
        private final ResultSet rows;

        Cursor(Connection connection) throws SQLException {
            this.connection = connection;
            scan = connection.prepareStatement(Item.SCAN);
            rows = scan.executeQuery();
        }

        Flux<Item> rows() {
            return Flux.generate(sink -> Unchecked.run(() -> {
                if (rows.next()) {
                    sink.next(JdbcStore.item(rows));
                } else {
                    sink.complete();
                }
            }));
        }

        void close() {
            Unchecked.run(() -> {
                rows.close();
                scan.close();
                connection.close();
            });
        }
    }
}
