package rillite.querysets;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The plainest connections that QuerySets must work on: the SPI over JDBC, no capability, everything on the subscribing
 * thread. Counts what is open and keeps what was sent.
 */
final class BareConnectionFactory implements ConnectionFactory {

    private final Path file;
    private final Wire wire;
    private final AtomicInteger open;
    final AtomicInteger rowsRead = new AtomicInteger();

    BareConnectionFactory(Path file, Wire wire, AtomicInteger open) {
        this.file = file;
        this.wire = wire;
        this.open = open;
    }

    @Override
    public Publisher<Connection> create() {
        return Mono.fromCallable(() -> new Bare(jdbc(file)));
    }

    /** A JDBC connection with foreign keys on, as the driver has them. */
    static java.sql.Connection jdbc(Path file) throws SQLException {
        java.sql.Connection jdbc = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (java.sql.Statement pragma = jdbc.createStatement()) {
            pragma.execute("PRAGMA foreign_keys = ON");
        }
        return jdbc;
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return () -> "SQLite";
    }

    private final class Bare implements Connection {
        private final java.sql.Connection jdbc;
        private boolean autoCommit = true;

        Bare(java.sql.Connection jdbc) {
            this.jdbc = jdbc;
            open.incrementAndGet();
        }

        private Mono<Void> run(String sql) {
            return Mono.fromCallable(() -> {
                        try (java.sql.Statement statement = jdbc.createStatement()) {
                            statement.execute(sql);
                        }
                        return sql;
                    })
                    .then();
        }

        @Override
        public Mono<Void> beginTransaction() {
            return run("BEGIN IMMEDIATE").doOnSuccess(done -> autoCommit = false);
        }

        @Override
        public Publisher<Void> beginTransaction(TransactionDefinition definition) {
            return Boolean.TRUE.equals(definition.getAttribute(TransactionDefinition.READ_ONLY))
                    ? run("BEGIN").doOnSuccess(done -> autoCommit = false)
                    : beginTransaction();
        }

        @Override
        public Publisher<Void> commitTransaction() {
            return run("COMMIT").doOnSuccess(done -> autoCommit = true);
        }

        @Override
        public Publisher<Void> rollbackTransaction() {
            return run("ROLLBACK").doOnSuccess(done -> autoCommit = true);
        }

        @Override
        public Publisher<Void> close() {
            return Mono.fromCallable(() -> {
                        jdbc.close();
                        return open.decrementAndGet();
                    })
                    .then();
        }

        @Override
        public Statement createStatement(String sql) {
            return new BareStatement(jdbc, sql, wire, rowsRead);
        }

        @Override
        public Batch createBatch() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Publisher<Void> createSavepoint(String name) {
            return run("SAVEPOINT " + name);
        }

        @Override
        public Publisher<Void> releaseSavepoint(String name) {
            return run("RELEASE " + name);
        }

        @Override
        public Publisher<Void> rollbackTransactionToSavepoint(String name) {
            return run("ROLLBACK TO " + name);
        }

        @Override
        public boolean isAutoCommit() {
            return autoCommit;
        }

        @Override
        public ConnectionMetadata getMetadata() {
            throw new UnsupportedOperationException();
        }

        @Override
        public IsolationLevel getTransactionIsolationLevel() {
            return IsolationLevel.SERIALIZABLE;
        }

        @Override
        public Publisher<Void> setAutoCommit(boolean autoCommit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Publisher<Void> setLockWaitTimeout(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Publisher<Void> setStatementTimeout(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Publisher<Void> setTransactionIsolationLevel(IsolationLevel isolationLevel) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Publisher<Boolean> validate(ValidationDepth depth) {
            return Mono.just(true);
        }
    }
}
