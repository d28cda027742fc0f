package rillite.querysets.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.Row;
import rillite.querysets.Transaction;
import rillite.querysets.TransactionException;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteStatistics;

/** Queries in transactions that Spring begins and ends. */
final class SpringTransactionTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private ConnectionFactory connections;
    private Database db;
    private TransactionalOperator transactional;

    @BeforeEach
    void open() {
        connections = ConnectionFactories.get("r2dbc:sqlite:file:///" + directory.resolve("spring.db"));
        Database plain = answer(Database.over(connections));
        answer(plain.sql("CREATE TABLE n (id INTEGER PRIMARY KEY, v INTEGER UNIQUE)")
                .execute());
        db = answer(Database.over(connections, SpringConnectionSource.of(connections)));
        transactional = TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }

    @AfterEach
    void close() {
        SqliteStatistics statistics = SqliteCapabilities.require(connections, SqliteStatistics.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> statistics.statistics().idle()
                        && statistics.statistics().sessions() == 0);
        Mono.from(((Closeable) connections).close()).block(PATIENCE);
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }

    private Mono<Row> add(long id) {
        return db.objects("n").create("id", id, "v", id);
    }

    private List<Long> stored() {
        return answer(
                db.objects("n").orderBy("id").values("id").flat(Long.class).list());
    }

    private static <T> Mono<T> wrong() {
        return Mono.error(new IllegalStateException("wrong"));
    }

    private static void fails(Publisher<?> work, Class<? extends Throwable> type) {
        StepVerifier.create(work).expectError(type).verify(PATIENCE);
    }

    @Test
    void operator_thatSucceeds_commitsWhatQueriesWrote() {
        answer(transactional.transactional(add(1).then(add(2))));
        assertThat(stored()).containsExactly(1L, 2L);
    }

    @Test
    void operator_thatFails_takesBackWhatQueriesWrote() {
        fails(transactional.transactional(add(1).then(add(2)).then(wrong())), IllegalStateException.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    void outside_queriesRunOnConnectionsOfTheirOwn() {
        answer(add(1));
        fails(db.inTransaction(tx -> add(2).then(wrong())), IllegalStateException.class);
        answer(db.inTransaction(tx -> add(3)).single());
        assertThat(stored()).containsExactly(1L, 3L);
    }

    @Test
    void inTransaction_inside_isASavepoint() {
        answer(transactional.transactional(
                add(1).then(db.inTransaction(tx -> add(2).then(wrong())).then().onErrorComplete())
                        .then(db.inTransaction(tx -> add(3)).single())));
        assertThat(stored()).containsExactly(1L, 3L);

        fails(
                transactional.transactional(
                        db.inTransaction(tx -> add(4)).single().then(wrong())),
                IllegalStateException.class);
        assertThat(stored()).containsExactly(1L, 3L);
    }

    @Test
    void readOnly_inside_seesWhatTheTransactionWrote() {
        assertThat(answer(transactional.transactional(
                        add(1).then(db.readOnly(tx -> db.objects("n").count()).single()))))
                .isEqualTo(1);
        fails(transactional.transactional(db.readOnly(tx -> add(2))), TransactionException.class);
    }

    @Test
    void requiresNew_inside_isRefused() {
        fails(transactional.transactional(add(1).thenMany(db.requiresNew(tx -> add(2)))), TransactionException.class);
        assertThat(stored()).isEmpty();
    }

    @Test
    void readOnlyOperator_refusesWrites() {
        DefaultTransactionDefinition readOnly = new DefaultTransactionDefinition();
        readOnly.setReadOnly(true);
        TransactionalOperator reading =
                TransactionalOperator.create(new R2dbcTransactionManager(connections), readOnly);

        assertThat(answer(reading.transactional(db.objects("n").count()))).isZero();
        StepVerifier.create(reading.transactional(add(1)))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("read-only"))
                .verify(PATIENCE);
    }

    @Test
    void nestedPropagation_andOurSavepoints_doNotCollide() {
        DefaultTransactionDefinition nested =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED);
        TransactionalOperator inner = TransactionalOperator.create(new R2dbcTransactionManager(connections), nested);

        answer(transactional.transactional(add(1).then(inner.transactional(
                                add(2).then(db.inTransaction(tx -> add(3)).single())
                                        .then(wrong()))
                        .then()
                        .onErrorComplete())
                .then(add(4))));
        assertThat(stored()).containsExactly(1L, 4L);
    }

    @Test
    void hooks_waitForTheEndOfSpringsTransaction() {
        List<String> told = new CopyOnWriteArrayList<>();
        Mono<Row> work = db.inTransaction(tx -> {
                    hooks(tx, told);
                    return add(1);
                })
                .single()
                .doOnNext(row -> assertThat(told).isEmpty());

        answer(transactional.transactional(work));
        assertThat(told).containsExactly("committed 1");

        told.clear();
        fails(
                transactional.transactional(db.objects("n").delete().then(work).then(wrong())),
                IllegalStateException.class);
        assertThat(told).containsExactly("rolled back");
    }

    private void hooks(Transaction tx, List<String> told) {
        tx.afterCommit(db.objects("n").count().doOnNext(seen -> told.add("committed " + seen)))
                .afterRollback(Mono.fromRunnable(() -> told.add("rolled back")));
    }

    @Test
    void cancel_insideTheOperator_rollsBack() {
        StepVerifier.create(transactional.execute(status -> add(1).concatWith(Mono.never())))
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);
        answer(add(1));
        assertThat(stored()).containsExactly(1L);
    }

    @Test
    void annotatedMethod_isOneTransaction() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(ConnectionFactory.class, () -> connections);
            context.registerBean(Database.class, () -> db);
            context.register(Wiring.class);
            context.refresh();
            Shop shop = context.getBean(Shop.class);

            answer(shop.both(1, 2));
            assertThat(stored()).containsExactly(1L, 2L);
            fails(shop.both(3, 1), RuntimeException.class);
            assertThat(stored()).containsExactly(1L, 2L);
            StepVerifier.create(shop.all()).expectNextCount(2).expectComplete().verify(PATIENCE);
        }
    }

    @Configuration
    @EnableTransactionManagement
    static class Wiring {
        @Bean
        ReactiveTransactionManager manager(ConnectionFactory factory) {
            return new R2dbcTransactionManager(factory);
        }

        @Bean
        Shop shop(Database database) {
            return new Shop(database);
        }
    }

    static class Shop {
        private final Database database;

        Shop(Database database) {
            this.database = database;
        }

        @Transactional
        public Mono<Row> both(long first, long second) {
            return database.objects("n")
                    .create("id", first, "v", first)
                    .then(database.objects("n").create("id", second, "v", second));
        }

        @Transactional(readOnly = true)
        public Flux<Row> all() {
            return database.objects("n").flux();
        }
    }
}
