package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

final class IsolationTests extends Contract {
    @Test
    void isolation_new_isSerializable() {
        assertThat(connection.getTransactionIsolationLevel()).isEqualTo(IsolationLevel.SERIALIZABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "SNAPSHOT"})
    void isolation_everyLevel_isAcceptedAndHidesUncommittedRows(String name) {
        IsolationLevel level = IsolationLevel.valueOf(name);
        done(connection.setTransactionIsolationLevel(level));
        Connection other = database.connect();
        done(other.beginTransaction());
        Await.done(TestDatabase.counts(other, "INSERT INTO t VALUES (1)"));

        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(0);

        done(other.close());
        done(connection.beginTransaction(new Definition(Map.of()).isolation(level)));
        done(connection.rollbackTransaction());
    }

    @Test
    void readOnly_seesOneSnapshotUntilItsEnd() {
        exec("INSERT INTO t VALUES (1)");
        done(connection.beginTransaction(Definition.named("report").readOnly()));
        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(1);

        database.run("INSERT INTO t VALUES (2)");

        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(1);
        done(connection.commitTransaction());
        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(2);
    }

    @Test
    void readOnly_write_isRefusedAndTheTransactionLives() {
        done(connection.beginTransaction(Definition.named("report").readOnly()));

        assertFails(
                TestDatabase.counts(connection, "INSERT INTO t VALUES (1)"),
                R2dbcPermissionDeniedException.class,
                "25006");

        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(0);
        done(connection.rollbackTransaction());
    }

    @Test
    void readOnly_whileAnotherWrites_doesNotWait() {
        Connection writer = database.connect();
        done(writer.beginTransaction());
        Await.done(TestDatabase.counts(writer, "INSERT INTO t VALUES (1)"));

        done(connection.beginTransaction(Definition.named("report").readOnly().lockWait(Duration.ofMillis(100))));
        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(0);
        done(connection.commitTransaction());

        done(writer.commitTransaction());
        done(writer.close());
    }

    @Test
    void secondWriteTransaction_waitsForTheFirst() {
        Connection first = database.connect();
        done(first.beginTransaction(Definition.named("first")));
        Await.done(TestDatabase.counts(first, "INSERT INTO t VALUES (1)"));
        var second = Mono.from(connection.beginTransaction())
                .thenMany(TestDatabase.counts(connection, "INSERT INTO t SELECT count(*) + 10 FROM t"))
                .then(Mono.from(connection.commitTransaction()))
                .toFuture();

        done(first.commitTransaction());
        done(first.close());

        second.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(committed()).containsExactly(1, 11);
    }

    @Test
    void lockWait_expired_namesTheHolderAndDoesNothing() {
        Connection first = database.connect();
        done(first.beginTransaction(Definition.named("nightly import")));

        var error = assertFails(
                connection.beginTransaction(Definition.named("late").lockWait(Duration.ofMillis(200))),
                R2dbcTimeoutException.class,
                "55P03");

        assertThat(error).hasMessageContaining("nightly import");
        assertThat(connection.isAutoCommit()).isTrue();
        done(first.rollbackTransaction());
        done(first.close());
    }

    @Test
    void setLockWaitTimeout_autocommitWrite_expiresAndNeverRuns() {
        Connection first = database.connect();
        done(first.beginTransaction(Definition.named("holder")));
        done(connection.setLockWaitTimeout(Duration.ofMillis(200)));

        assertFails(TestDatabase.counts(connection, "INSERT INTO t VALUES (1)"), R2dbcTimeoutException.class, "55P03");

        done(first.commitTransaction());
        done(first.close());
        assertThat(exec("INSERT INTO t VALUES (2)")).containsExactly(1L);
        assertThat(committed()).containsExactly(2);
    }
}
