package rillite.r2dbc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** Spring's reactive transactions over the driver. */
@ExtendWith(LeakFree.class)
final class TransactionsIT {
    private TestDatabase database;
    private DatabaseClient client;
    private R2dbcTransactionManager manager;

    @BeforeEach
    void open(@TempDir Path directory) {
        database = TestDatabase.in(directory);
        database.run("CREATE TABLE t (a INTEGER)");
        client = DatabaseClient.create(database.factory());
        manager = new R2dbcTransactionManager(database.factory());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void operator_completes_commits() {
        Await.done(required().transactional(insert(1).then(insert(2))));

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void operator_error_rollsBack() {
        Mono<Void> work = insert(1).then(Mono.error(new IllegalStateException("changed my mind")));

        assertThat(Await.error(required().transactional(work))).hasMessage("changed my mind");
        assertThat(rows()).isZero();
    }

    @Test
    void operator_setRollbackOnly_rollsBack() {
        Await.done(required().execute(status -> {
            status.setRollbackOnly();
            return insert(1);
        }));

        assertThat(rows()).isZero();
    }

    @Test
    void operator_cancel_rollsBack() {
        Mono<Void> work = required().transactional(insert(1).then(Mono.never()));

        assertThat(Await.error(work.timeout(Duration.ofMillis(300)))).isNotNull();

        Await.done(required().transactional(insert(2)));
        assertThat(database.read(Long.class, "SELECT a FROM t")).containsExactly(2L);
    }

    @Test
    void reads_inTransaction_seeItsWrites_othersDoNot() {
        Mono<Long> outside = database.using(c -> TestDatabase.column(c, Long.class, "SELECT count(*) FROM t"))
                .single();
        Mono<Long> seen = insert(1).then(count().zipWith(outside, (inside, other) -> inside * 10 + other));

        assertThat(Await.<Long>one(required().transactional(seen))).isEqualTo(10L);
    }

    @Test
    void nested_innerFails_keepsOuterWork() {
        Mono<Void> inner = insert(2).then(Mono.error(new IllegalStateException("inner")));
        Mono<Void> work = insert(1)
                .then(operator(TransactionDefinition.PROPAGATION_NESTED, "inner")
                        .transactional(inner)
                        .onErrorComplete())
                .then(insert(3));

        Await.done(required().transactional(work));

        assertThat(database.read(Long.class, "SELECT a FROM t ORDER BY a")).containsExactly(1L, 3L);
    }

    @Test
    void nested_innerCompletes_commitsWithOuter() {
        Mono<Void> work = insert(1)
                .then(operator(TransactionDefinition.PROPAGATION_NESTED, "inner")
                        .transactional(insert(2)));

        Await.done(required().transactional(work));

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void readOnly_enforced_readsAndRefusesWrites() {
        manager.setEnforceReadOnly(true);
        DefaultTransactionDefinition readOnly = new DefaultTransactionDefinition();
        readOnly.setReadOnly(true);
        TransactionalOperator operator = TransactionalOperator.create(manager, readOnly);

        assertThat(Await.<Long>one(operator.transactional(count()))).isZero();
        assertThat(Await.error(operator.transactional(insert(1))))
                .isInstanceOf(PermissionDeniedDataAccessException.class);
        assertThat(rows()).isZero();
    }

    @Test
    void readOnly_whileAnotherTransactionWrites_doesNotWait() {
        DefaultTransactionDefinition readOnly = new DefaultTransactionDefinition();
        readOnly.setReadOnly(true);
        readOnly.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        Mono<Long> work =
                insert(1).then(TransactionalOperator.create(manager, readOnly).transactional(count()));

        assertThat(Await.<Long>one(required().transactional(work))).isZero();
    }

    @Test
    void requiresNew_insideWriteTransaction_namesTheHolder() {
        DefaultTransactionDefinition outer = new DefaultTransactionDefinition();
        outer.setName("monthly import");
        DefaultTransactionDefinition inner =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        inner.setName("audit");
        inner.setTimeout(1);
        Mono<Void> work =
                insert(1).then(TransactionalOperator.create(manager, inner).transactional(insert(2)));

        Throwable error =
                Await.error(TransactionalOperator.create(manager, outer).transactional(work));

        assertThat(error).isInstanceOf(CannotCreateTransactionException.class);
        assertThat(Await.causes(error))
                .anySatisfy(cause -> assertThat(cause)
                        .isInstanceOf(R2dbcTimeoutException.class)
                        .hasMessageContaining("monthly import"));
        assertThat(rows()).isZero();
    }

    @Test
    void manyTransactions_atOnce_allCommit() {
        Await.done(Flux.range(1, 100)
                .flatMap(i -> required().transactional(insert(i).then(count()).then(insert(-i))), 100));

        assertThat(rows()).isEqualTo(200);
    }

    private TransactionalOperator required() {
        return operator(TransactionDefinition.PROPAGATION_REQUIRED, "outer");
    }

    private TransactionalOperator operator(int propagation, String name) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation);
        definition.setName(name);
        return TransactionalOperator.create(manager, definition);
    }

    private Mono<Void> insert(int value) {
        return client.sql("INSERT INTO t VALUES (:a)")
                .bind("a", value)
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Long> count() {
        return client.sql("SELECT count(*) FROM t").mapValue(Long.class).one();
    }

    private long rows() {
        return Await.<Long>one(DatabaseClient.create(database.factory())
                .sql("SELECT count(*) FROM t")
                .mapValue(Long.class)
                .one());
    }
}
