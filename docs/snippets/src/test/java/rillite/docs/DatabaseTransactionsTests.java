package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.F;
import rillite.querysets.QuerySet;
import rillite.querysets.RetryPolicy;
import rillite.querysets.Row;
import rillite.querysets.StatementCounter;
import rillite.querysets.TransactionException;
import rillite.querysets.spring.SpringConnectionSource;
import rillite.r2dbc.SqliteConnectionFactory;

/** guides/transactions.md, the part on QuerySets; raw SQL and counting of reference/querysets.md and guides/testing.md */
final class DatabaseTransactionsTests {
    private SqliteConnectionFactory connections;
    private Database database;
    private QuerySet<Row> accounts;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        Scratch.run(
                connections,
                "CREATE TABLE account (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL CHECK (cents >= 0))",
                "INSERT INTO account VALUES (1, 1000), (2, 0)");
        database = Scratch.await(Database.over(connections));
        accounts = database.objects("account");
    }

    @AfterEach
    void close() {
        assertThat(connections.statistics().leases()).isZero();
        Scratch.close(connections);
    }

    private String cents() {
        return Scratch.value(connections, String.class, "SELECT group_concat(cents) FROM account ORDER BY id");
    }

    private Mono<Long> transfer(int cents) {
        // tag::transfer[]
        Mono<Long> transfer = database.inTransaction(tx -> accounts.byId(2)
                        .update("cents", F.of("cents").plus(cents))
                        .then(accounts.byId(1).update("cents", F.of("cents").minus(cents))))
                .single();
        // end::transfer[]
        return transfer;
    }

    @Test
    void transaction_commitsOrLeavesNothing() {
        StepVerifier.create(transfer(400)).expectNext(1L).verifyComplete();
        assertThat(cents()).isEqualTo("600,400");

        StepVerifier.create(transfer(5000)).verifyError();
        assertThat(cents()).isEqualTo("600,400");
    }

    @Test
    void part_isTakenBackAlone() {
        // tag::part[]
        Mono<Long> bonus = database.inTransaction(part -> accounts.byId(2)
                        .update("cents", 500)
                        .then(accounts.byId(1).update("cents", -1)))
                .single()
                .onErrorReturn(0L);

        Flux<Long> work = database.inTransaction(
                tx -> accounts.byId(1).update("cents", 900).then(bonus));
        // end::part[]

        StepVerifier.create(work).expectNext(0L).verifyComplete();
        assertThat(cents()).isEqualTo("900,0");
    }

    @Test
    void readOnly_seesOneState() {
        // tag::snapshot[]
        Mono<Boolean> balanced = database.readOnly(tx -> accounts.count()
                        .flatMap(all -> accounts.filter("cents__gte", 0).count().map(all::equals)))
                .single();
        // end::snapshot[]

        StepVerifier.create(balanced).expectNext(true).verifyComplete();
        StepVerifier.create(database.readOnly(tx -> accounts.delete())).verifyError(TransactionException.class);
    }

    @Test
    void explicit_worksWhereTheContextIsLost() {
        // tag::explicit[]
        Flux<Long> work = database.inTransaction(tx -> Mono.fromFuture(
                () -> tx.objects("account").byId(1).update("cents", 7).toFuture()));
        // end::explicit[]

        StepVerifier.create(work).expectNext(1L).verifyComplete();
        assertThat(cents()).isEqualTo("7,0");
    }

    @Test
    void hooks_runAfterTheEnd() {
        List<String> mails = new CopyOnWriteArrayList<>();
        Mono<Void> sendMail = Mono.fromRunnable(() -> mails.add("sent"));

        // tag::hooks[]
        Flux<Long> work = database.inTransaction(tx -> {
            tx.afterCommit(sendMail);
            return accounts.byId(1).update("cents", 7);
        });
        // end::hooks[]

        StepVerifier.create(work).expectNext(1L).verifyComplete();
        assertThat(mails).containsExactly("sent");
    }

    @Test
    void retry_runsTheWholeFunctionAgain() {
        // tag::retry[]
        Mono<Long> stored = database.inTransaction(tx -> accounts.byId(1).update("cents", 7))
                .retryWhen(RetryPolicy.busy())
                .single();
        // end::retry[]

        StepVerifier.create(stored).expectNext(1L).verifyComplete();
    }

    @Test
    void spring_ownsTheConnection() {
        // tag::spring[]
        Mono<Database> opened = Database.over(connections, SpringConnectionSource.of(connections));

        TransactionalOperator transactional = TransactionalOperator.create(new R2dbcTransactionManager(connections));
        // end::spring[]
        QuerySet<Row> inSpring = Scratch.await(opened).objects("account");

        StepVerifier.create(transactional.transactional(inSpring.byId(1)
                        .update("cents", 7)
                        .then(inSpring.byId(1).update("cents", -1))))
                .verifyError();
        assertThat(cents()).isEqualTo("1000,0");
    }

    @Test
    void otherWriter_insideIsRefused() {
        StepVerifier.create(database.inTransaction(
                        tx -> accounts.count().thenMany(database.requiresNew(mine -> accounts.delete()))))
                .verifyErrorMatches(error -> error.getMessage().contains("one writer"));
    }

    @Test
    void options_areThere() {
        DatabaseOptions options = DatabaseOptions.defaults()
                .transactionWarnAfter(Duration.ofSeconds(3))
                .development();
        assertThat(options).isNotNull();
    }

    @Test
    void rawSql_readsRows() {
        // tag::sql[]
        Flux<Long> rich = database.sql("SELECT id FROM account WHERE cents > ?", 500)
                .values("id")
                .flat(Long.class)
                .flux();
        Flux<Row> rows = database.sql("SELECT * FROM account WHERE cents > ?", 500)
                .as("account")
                .flux();
        Mono<Long> changed =
                database.sql("UPDATE account SET cents = cents + ?", 1).execute();
        // end::sql[]

        StepVerifier.create(rich).expectNext(1L).verifyComplete();
        StepVerifier.create(rows.map(Row::pk)).expectNext(1L).verifyComplete();
        StepVerifier.create(changed).expectNext(2L).verifyComplete();
    }

    // tag::count[]
    @Test
    void page_costsTwoStatements() {
        try (StatementCounter counter = StatementCounter.on(database)) {
            StepVerifier.create(accounts.count().thenMany(accounts.limit(10)))
                    .expectNextCount(2)
                    .verifyComplete();

            counter.assertStatements(2);
        }
    }
    // end::count[]
}
