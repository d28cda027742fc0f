package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/transactions.md */
final class TransactionsTests {
    @TempDir
    Path folder;

    private SqliteConnectionFactory connections;

    @BeforeEach
    void open() {
        connections = Scratch.in(folder);
        Scratch.run(
                connections,
                "CREATE TABLE account (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL CHECK (cents >= 0))",
                "INSERT INTO account VALUES (1, 1000), (2, 0)");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    private String cents() {
        return Scratch.value(connections, String.class, "SELECT group_concat(cents) FROM account ORDER BY id");
    }

    // tag::helpers[]
    static Mono<Long> update(Connection connection, String sql, Object... values) {
        Statement statement = connection.createStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.bind(i, values[i]);
        }
        return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated).reduce(0L, Long::sum);
    }

    static Mono<Long> read(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Long.class)))
                .single();
    }
    // end::helpers[]

    private Mono<Void> transfer(int cents) {
        // tag::transfer[]
        Mono<Void> transfer = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(update(connection, "UPDATE account SET cents = cents + ? WHERE id = 2", cents))
                        .then(update(connection, "UPDATE account SET cents = cents - ? WHERE id = 1", cents))
                        .then(Mono.from(connection.commitTransaction())),
                Connection::close);
        // end::transfer[]
        return transfer;
    }

    @Test
    void transaction_commitsOrLeavesNothing() {
        StepVerifier.create(transfer(300)).verifyComplete();
        assertThat(cents()).isEqualTo("700,300");

        StepVerifier.create(transfer(5_000)).expectError().verify(Duration.ofSeconds(10));
        assertThat(cents()).isEqualTo("700,300");
    }

    @Test
    void savepoint_takesBackAPart() {
        // tag::savepoint[]
        Mono<Void> work = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(update(connection, "UPDATE account SET cents = 900 WHERE id = 1"))
                        .then(Mono.from(connection.createSavepoint("bonus")))
                        .then(update(connection, "UPDATE account SET cents = -1 WHERE id = 2"))
                        .onErrorResume(error -> Mono.from(connection.rollbackTransactionToSavepoint("bonus"))
                                .thenReturn(0L))
                        .then(Mono.from(connection.commitTransaction())),
                Connection::close);
        // end::savepoint[]

        StepVerifier.create(work).verifyComplete();
        assertThat(cents()).isEqualTo("900,0");
    }

    // tag::definition[]
    record ReadOnly(String name) implements TransactionDefinition {
        @Override
        public <T> @Nullable T getAttribute(Option<T> option) {
            if (option.equals(TransactionDefinition.READ_ONLY)) {
                return option.cast(true);
            }
            return option.equals(TransactionDefinition.NAME) ? option.cast(name) : null;
        }
    }
    // end::definition[]

    @Test
    void readOnly_seesOneSnapshot() {
        // tag::snapshot[]
        Mono<Long> difference = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction(new ReadOnly("report")))
                        .then(read(connection, "SELECT sum(cents) FROM account"))
                        .delayUntil(before -> transfer(100))
                        .flatMap(before -> read(connection, "SELECT sum(cents) FROM account WHERE id = 1")
                                .map(after -> before - after)),
                Connection::close);
        // end::snapshot[]

        StepVerifier.create(difference).expectNext(0L).verifyComplete();
        assertThat(cents()).isEqualTo("900,100");
    }

    @Test
    void readOnly_refusesWrites() {
        Mono<Long> write = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction(new ReadOnly("report")))
                        .then(update(connection, "UPDATE account SET cents = 1")),
                Connection::close);

        StepVerifier.create(write)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                R2dbcPermissionDeniedException.class,
                                refused -> assertThat(refused.getSqlState()).isEqualTo("25006")))
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void writeOfAnotherSession_insideAWriteTransaction_waitsForItself() {
        // tag::trap[]
        Mono<Long> audit = Mono.usingWhen(
                connections.create(),
                other -> Mono.from(other.setLockWaitTimeout(Duration.ofMillis(100)))
                        .then(update(other, "INSERT INTO account VALUES (3, 0)")),
                Connection::close);

        Mono<Void> work = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(update(connection, "UPDATE account SET cents = 0 WHERE id = 1"))
                        .then(audit)
                        .then(Mono.from(connection.commitTransaction())),
                Connection::close);
        // end::trap[]

        StepVerifier.create(work)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                R2dbcTimeoutException.class,
                                waited -> assertThat(waited.getSqlState()).isEqualTo("55P03"))
                        .hasMessageContaining("holds the writer"))
                .verify(Duration.ofSeconds(10));
        assertThat(cents()).isEqualTo("1000,0");
    }

    @Test
    void silentTransaction_isRolledBack() {
        Scratch.close(connections);
        connections = Scratch.in(folder, "transactionIdleTimeout=PT0.1S");
        Mono<Long> work = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(update(connection, "UPDATE account SET cents = 0 WHERE id = 1"))
                        .delayElement(Duration.ofSeconds(1))
                        .then(update(connection, "UPDATE account SET cents = 1 WHERE id = 2")),
                Connection::close);

        StepVerifier.create(work)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                R2dbcRollbackException.class,
                                idle -> assertThat(idle.getSqlState()).isEqualTo("40000"))
                        .hasMessageContaining("TRANSACTION_IDLE"))
                .verify(Duration.ofSeconds(10));
        assertThat(cents()).isEqualTo("1000,0");
    }
}
