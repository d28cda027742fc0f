package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.TransactionDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Which transaction a statement belongs to is decided when it is subscribed, not when it is made. */
final class TransactionRoutingTests extends EngineCase {
    static final TransactionDefinition READ_ONLY = definition(Map.of(TransactionDefinition.READ_ONLY, true));

    private TestDatabase database;
    private Connection connection;

    static TransactionDefinition definition(Map<Option<?>, Object> attributes) {
        return new TransactionDefinition() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T getAttribute(Option<T> option) {
                return (T) attributes.get(option);
            }
        };
    }

    @BeforeEach
    void openOne() {
        database = open();
        connection = connect(database);
        exec(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
    }

    private List<Integer> committed() {
        return database.read(Integer.class, "SELECT a FROM t ORDER BY a");
    }

    @Test
    void oneChain_autoCommitOff_isOneTransaction() {
        Flux<Long> insert = TestDatabase.counts(connection, "INSERT INTO t VALUES (1)");

        done(Mono.from(connection.setAutoCommit(false)).thenMany(insert));

        assertThat(committed()).isEmpty();
        done(connection.rollbackTransaction());
        done(connection.setAutoCommit(true));
        assertThat(committed()).isEmpty();
    }

    @Test
    void oneChain_beginToRollback_madeBefore_isUndone() {
        done(Flux.concat(
                connection.beginTransaction(),
                TestDatabase.counts(connection, "INSERT INTO t VALUES (1)").then(),
                connection.rollbackTransaction(),
                TestDatabase.counts(connection, "INSERT INTO t VALUES (2)").then()));

        assertThat(committed()).containsExactly(2);
    }

    @Test
    void oneChain_readOnly_madeBefore_isRefused() {
        Flux<Long> insert = TestDatabase.counts(connection, "INSERT INTO t VALUES (1)");
        Flux<Long> ddl = TestDatabase.counts(connection, "CREATE TABLE u (a)");
        done(connection.beginTransaction(READ_ONLY));

        assertThat(assertFails(insert, R2dbcPermissionDeniedException.class, "25006"))
                .hasMessageContaining("read-only");
        assertFails(ddl, R2dbcPermissionDeniedException.class, "25006");
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(0L);

        done(connection.commitTransaction());
        assertThat(Await.all(insert)).containsExactly(1L);
    }

    @Test
    void setTransactionReadOnly_holdsUntilItsEnd() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1)");
        exec(connection, "SET TRANSACTION READ ONLY");

        assertFails(connection, "INSERT INTO t VALUES (2)", R2dbcPermissionDeniedException.class, "25006");
        assertThat(read(connection, Integer.class, "SELECT a FROM t")).containsExactly(1);
        done(connection.commitTransaction());

        exec(connection, "INSERT INTO t VALUES (3)");
        exec(connection, "SET TRANSACTION READ ONLY");
        exec(connection, "INSERT INTO t VALUES (4)");
        assertThat(committed()).containsExactly(1, 3, 4);
    }

    @Test
    void transactionUndoneBySqlite_isOver_untilTheSessionSaysSo() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1)");
        assertFails(
                connection,
                "INSERT OR ROLLBACK INTO t VALUES (1)",
                R2dbcDataIntegrityViolationException.class,
                "23505");

        assertThat(connection.isAutoCommit()).isTrue();
        assertFails(connection, "INSERT INTO t VALUES (2)", R2dbcRollbackException.class, "40000");
        assertFails(connection.commitTransaction(), R2dbcRollbackException.class, "40000");

        assertThat(exec(connection, "INSERT INTO t VALUES (3)")).containsExactly(1L);
        assertThat(committed()).containsExactly(3);
    }

    @Test
    void transactionUndoneBySqlite_rolledBack_leavesTheSessionAsNew() {
        for (int i = 1; i <= 10; i++) {
            done(connection.beginTransaction());
            exec(connection, "INSERT INTO t VALUES (100)");
            done(connection.createSavepoint("s"));
            Await.error(TestDatabase.counts(connection, "INSERT OR ROLLBACK INTO t VALUES (100)"));
            done(connection.rollbackTransaction());

            assertFails(connection.rollbackTransactionToSavepoint("s"), R2dbcNonTransientException.class, "25P01");
            exec(connection, "INSERT INTO t VALUES (?)", i);
        }

        assertThat(committed()).hasSize(10).doesNotContain(100);
    }

    @Test
    void savepoint_unknown_outsideATransaction_isAnError_thatHurtsNobody() {
        assertFails(connection.rollbackTransactionToSavepoint("nope"), R2dbcNonTransientException.class, "25P01");
        assertFails(connection, "ROLLBACK TO nope", R2dbcNonTransientException.class, "25P01");
        exec(connection, "RELEASE nope");

        assertThat(exec(connection, "INSERT INTO t VALUES (1)")).containsExactly(1L);
        assertThat(committed()).containsExactly(1);
    }

    @Test
    void savepointInReadOnlyTransaction_works() {
        done(connection.beginTransaction(READ_ONLY));
        done(connection.createSavepoint("s"));
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(0L);
        done(connection.rollbackTransactionToSavepoint("s"));
        done(connection.releaseSavepoint("s"));
        done(connection.commitTransaction());
    }

    @Test
    void readOnlyTransaction_keepsItsSnapshot() {
        exec(connection, "INSERT INTO t VALUES (1)");
        done(connection.beginTransaction(READ_ONLY));
        assertThat(read(connection, Integer.class, "SELECT a FROM t")).containsExactly(1);
        database.run("INSERT INTO t VALUES (2)");

        assertThat(read(connection, Integer.class, "SELECT a FROM t")).containsExactly(1);
        done(connection.commitTransaction());
        assertThat(read(connection, Integer.class, "SELECT a FROM t")).containsExactly(1, 2);
    }

    @Test
    void statementsStartedTogether_withAutoCommitOff_shareATransaction() {
        done(connection.setAutoCommit(false));
        done(Flux.range(1, 50).flatMap(i -> TestDatabase.counts(connection, "INSERT INTO t VALUES (?)", i), 50));
        assertThat(committed()).isEmpty();

        done(connection.commitTransaction());

        assertThat(committed()).hasSize(50);
        done(connection.setAutoCommit(true));
    }
}
