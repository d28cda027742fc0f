package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

final class AutoCommitTests extends Contract {
    @Test
    void newConnection_isInAutoCommit() {
        assertThat(connection.isAutoCommit()).isTrue();
    }

    @Test
    void begin_commit_turnsAutoCommitOffAndOn() {
        done(connection.beginTransaction());
        assertThat(connection.isAutoCommit()).isFalse();
        exec("INSERT INTO t VALUES (1)");
        assertThat(committed()).isEmpty();

        done(connection.commitTransaction());

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).containsExactly(1);
    }

    @Test
    void begin_rollback_turnsAutoCommitOffAndOn() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");

        done(connection.rollbackTransaction());

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).isEmpty();
    }

    @Test
    void begin_untilSubscribed_doesNothing() {
        connection.beginTransaction();
        connection.setAutoCommit(false);

        assertThat(connection.isAutoCommit()).isTrue();
    }

    @Test
    void begin_twice_isOneTransaction() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (2)");
        done(connection.rollbackTransaction());

        assertThat(committed()).isEmpty();
        assertThat(connection.isAutoCommit()).isTrue();
    }

    @Test
    void commit_writeRightBehindIt_isCommittedByItself() {
        var rounds = Flux.range(0, 300)
                .concatMap(i -> Mono.from(connection.beginTransaction())
                        .thenMany(TestDatabase.counts(connection, "INSERT INTO t VALUES (1)"))
                        .then(Mono.from(connection.commitTransaction()))
                        .thenMany(Flux.defer(() -> TestDatabase.counts(connection, "INSERT INTO t VALUES (2)")))
                        .then(Mono.fromCallable(connection::isAutoCommit)));

        assertThat(Await.all(rounds)).hasSize(300).containsOnly(true);
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(600);
    }

    @Test
    void statementMadeInTransaction_runAfterIt_isInAutoCommit() {
        done(connection.beginTransaction());
        var insert = TestDatabase.counts(connection, "INSERT INTO t VALUES (1)");
        done(connection.rollbackTransaction());

        Await.done(insert);

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void commitAndRollback_withoutTransaction_complete() {
        done(connection.commitTransaction());
        done(connection.rollbackTransaction());

        assertThat(connection.isAutoCommit()).isTrue();
    }

    @Test
    void setAutoCommitFalse_alone_holdsNoLock() {
        done(connection.setAutoCommit(false));

        assertThat(database.run("INSERT INTO t VALUES (1)")).isEqualTo(1);

        done(connection.setAutoCommit(true));
    }

    @Test
    void setAutoCommitFalse_firstStatement_beginsTransaction() {
        done(connection.setAutoCommit(false));
        exec("INSERT INTO t VALUES (1)");
        assertThat(committed()).isEmpty();

        done(connection.rollbackTransaction());
        done(connection.setAutoCommit(true));

        assertThat(committed()).isEmpty();
    }

    @Test
    void setAutoCommitTrue_inTransaction_commits() {
        done(connection.setAutoCommit(false));
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");

        done(connection.setAutoCommit(true));

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).containsExactly(1);
    }

    @Test
    void close_inTransaction_rollsBack() {
        var other = database.connect();
        done(other.beginTransaction());
        Await.done(TestDatabase.counts(other, "INSERT INTO t VALUES (1)"));

        done(other.close());

        assertThat(committed()).isEmpty();
        assertThat(exec("INSERT INTO t VALUES (2)")).containsExactly(1L);
    }

    @Test
    void commit_deferredForeignKeyBroken_failsAndEndsTheTransaction() {
        exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        exec("CREATE TABLE child (p INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        done(connection.beginTransaction());
        exec("INSERT INTO child VALUES (42)");

        assertFails(connection.commitTransaction(), R2dbcDataIntegrityViolationException.class, "23503");

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(database.value(Integer.class, "SELECT count(*) FROM child")).isZero();
        assertThat(exec("INSERT INTO t VALUES (1)")).containsExactly(1L);
        assertThat(committed()).containsExactly(1);
    }

    @Test
    void statementFails_inTransaction_keepsEarlierWork() {
        exec("CREATE TABLE u (a INTEGER PRIMARY KEY)");
        done(connection.beginTransaction());
        exec("INSERT INTO u VALUES (1)");
        assertFails(
                TestDatabase.counts(connection, "INSERT INTO u VALUES (2), (1)"),
                R2dbcDataIntegrityViolationException.class,
                "23505");
        exec("INSERT INTO u VALUES (3)");
        done(connection.commitTransaction());

        assertThat(database.read(Integer.class, "SELECT a FROM u ORDER BY a")).containsExactly(1, 3);
    }

    @Test
    void beginCommitAsSql_areTheSameState() {
        exec("BEGIN");
        assertThat(connection.isAutoCommit()).isFalse();
        exec("INSERT INTO t VALUES (1)");
        assertThat(committed()).isEmpty();
        exec("END TRANSACTION");

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).containsExactly(1);
    }
}
