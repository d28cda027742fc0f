package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;

/** Plain JDBC, everything on the calling thread. */
final class JdbcStore implements Store {

    static final int BATCH = 1_000;

    private final Connection connection;

    JdbcStore(Path file, Settings settings) {
        connection = Unchecked.call(() -> new TunedDataSource(file, settings).getConnection());
    }

    @Override
    public Tally pointReads(Load load) {
        return reads(load, nanos -> {});
    }

    @Override
    public void latencies(Load load, Histogram histogram) {
        reads(load, histogram::recordValue);
    }

    @Override
    public Tally inserts(Load load) {
        return Unchecked.call(() -> {
            try (PreparedStatement insert = connection.prepareStatement(Client.INSERT_ENTRY)) {
                long start = System.nanoTime();
                long end = start + load.nanos();
                long done = 0;
                long sum = 0;
                while (System.nanoTime() < end) {
                    long who = done % load.subscribers();
                    insert.setLong(1, who);
                    insert.setString(2, Client.NOTE);
                    Checks.equal("update count", 1, insert.executeUpdate());
                    done++;
                    sum += who;
                }
                return new Tally(done, sum, System.nanoTime() - start);
            }
        });
    }

    @Override
    public Sums scan() {
        return Unchecked.call(() -> {
            Sums sums = new Sums();
            try (PreparedStatement scan = connection.prepareStatement(Item.SCAN);
                    ResultSet rows = scan.executeQuery()) {
                while (rows.next()) {
                    sums.add(item(rows));
                }
            }
            return sums;
        });
    }

    @Override
    public long load(Flux<Object[]> rows) {
        return Unchecked.call(() -> {
            connection.setAutoCommit(false);
            try (Batches batches = new Batches(connection)) {
                rows.doOnNext(batches::add).blockLast();
                long counted = batches.finish();
                connection.commit();
                return counted;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    @Override
    public FamilyReader families() {
        return new JdbcFamilies(connection);
    }

    @Override
    public void close() {
        Unchecked.run(connection::close);
    }

    static Item item(ResultSet rows) throws SQLException {
        return new Item(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getLong(4), rows.getDouble(5));
    }

    static void bind(PreparedStatement insert, Object[] row) throws SQLException {
        insert.setLong(1, (Long) row[0]);
        insert.setString(2, (String) row[1]);
        insert.setString(3, (String) row[2]);
        insert.setLong(4, (Long) row[3]);
        insert.setDouble(5, (Double) row[4]);
    }

    private Tally reads(Load load, LongConsumer latency) {
        return Unchecked.call(() -> {
            try (PreparedStatement lookup = connection.prepareStatement(Item.LOOKUP)) {
                long start = System.nanoTime();
                long asked = start;
                long done = 0;
                long sum = 0;
                while (asked - start < load.nanos()) {
                    long id = Item.keyFor((int) (done % load.subscribers()), done, load.rows());
                    long amount = read(lookup, id);
                    long now = System.nanoTime();
                    latency.accept(now - asked);
                    asked = now;
                    Checks.equal("amount", Item.amountOf(id), amount);
                    done++;
                    sum += amount;
                }
                return new Tally(done, sum, System.nanoTime() - start);
            }
        });
    }

    private static long read(PreparedStatement lookup, long id) throws SQLException {
        lookup.setLong(1, id);
        try (ResultSet row = lookup.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Rows collected into JDBC batches of {@link #BATCH}. */
    static final class Batches implements AutoCloseable {

        private final PreparedStatement insert;
        private long counted;
        private int waiting;

        Batches(Connection connection) throws SQLException {
            insert = connection.prepareStatement(Item.INSERT);
        }

        void add(Object[] row) {
            Unchecked.run(() -> {
                bind(insert, row);
                insert.addBatch();
                if (++waiting == BATCH) {
                    flush();
                }
            });
        }

        long finish() throws SQLException {
            if (waiting > 0) {
                flush();
            }
            return counted;
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }

        private void flush() throws SQLException {
            for (int count : insert.executeBatch()) {
                counted += count;
            }
            waiting = 0;
        }
    }
}
