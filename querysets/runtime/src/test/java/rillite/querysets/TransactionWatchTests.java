package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.Numbers.run;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is told of transactions that stay open, and of those that wait for themselves. */
final class TransactionWatchTests {

    @TempDir
    Path directory;

    private Numbers numbers;
    private LogLines log;

    @BeforeEach
    void open() {
        numbers = Numbers.in(directory, Access.DRIVER);
        log = LogLines.of(Transaction.class);
    }

    @AfterEach
    void close() {
        log.close();
        numbers.fixture.awaitClosed();
        numbers.close();
    }

    private Mono<Void> untilLogged() {
        return Flux.interval(Duration.ofMillis(5))
                .filter(tick -> !log.lines().isEmpty())
                .next()
                .then();
    }

    @Test
    void transactionThatStaysOpen_isLogged_withNameAgeAndLastStatement() {
        Numbers impatient = numbers.with(DatabaseOptions.defaults().transactionWarnAfter(Duration.ofMillis(30)));

        run(impatient.db.inTransaction(
                tx -> impatient.add(1).then(untilLogged()).thenReturn(tx.name())));

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING")
                .contains("\"transaction 1\"", "has been open for 0.", "INSERT INTO \"n\"");
    }

    @Test
    void transactionThatOnlyReads_orEndsInTime_orIsNotWatched_isNotLogged() {
        Numbers impatient = numbers.with(DatabaseOptions.defaults().transactionWarnAfter(Duration.ofMillis(30)));
        Numbers patient = numbers.with(DatabaseOptions.defaults().transactionWarnAfter(Duration.ZERO));
        Mono<Long> wait = Mono.delay(Duration.ofMillis(60));

        run(impatient.db.readOnly(tx -> impatient.n().count().then(wait)));
        run(impatient.db.inTransaction(tx -> impatient.n().count()).concatWith(wait));
        run(patient.db.inTransaction(tx -> patient.n().count().then(wait)));

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void development_writeThatLostItsTransaction_isHinted() {
        Numbers watched = numbers.with(DatabaseOptions.defaults().development());
        CompletableFuture<Row> lost = new CompletableFuture<>();

        run(watched.db.inTransaction(
                tx -> watched.add(1).doOnNext(row -> watched.add(2).subscribe(lost::complete))));

        Awaitility.await().atMost(Fixture.PATIENCE).until(lost::isDone);
        assertThat(log.lines()).singleElement().asString().contains("transaction 1", "lose", "tx.objects(..)");
        assertThat(numbers.stored()).containsExactly(1L, 2L);
    }

    @Test
    void development_writeInTheFunctionItself_isHinted() {
        Numbers watched = numbers.with(DatabaseOptions.defaults().development());
        CompletableFuture<Row> lost = new CompletableFuture<>();

        run(watched.db.inTransaction(tx -> {
            watched.add(2).subscribe(lost::complete);
            return watched.add(1);
        }));

        Awaitility.await().atMost(Fixture.PATIENCE).until(lost::isDone);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void development_writeBehindAnOpenTransaction_isHinted() {
        Numbers watched = numbers.with(DatabaseOptions.defaults().development());
        numbers.fill(3);

        run(watched.db
                .inTransaction(tx -> watched.n().filter("id__lte", 3).orderBy("id"))
                .flatMap(row -> watched.add((Long) row.pk() + 10)));

        assertThat(log.lines()).isNotEmpty().allMatch(line -> line.contains("behind inTransaction(..)"));
        assertThat(numbers.stored()).containsExactly(1L, 2L, 3L, 11L, 12L, 13L);
    }

    @Test
    void development_writesThatBelongToIt_areNotHinted() {
        Numbers watched = numbers.with(DatabaseOptions.defaults().development());

        run(watched.db.inTransaction(tx -> watched.add(1)
                .flatMap(row -> watched.add(2))
                .flatMap(row -> watched.db.inTransaction(part -> watched.add(3)).single())));
        run(watched.add(4));

        assertThat(log.lines()).isEmpty();
        assertThat(numbers.stored()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void withoutDevelopment_nothingIsHinted() {
        CompletableFuture<Row> lost = new CompletableFuture<>();
        run(numbers.db.inTransaction(
                tx -> numbers.add(1).doOnNext(row -> numbers.add(2).subscribe(lost::complete))));

        Awaitility.await().atMost(Fixture.PATIENCE).until(lost::isDone);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void writeThatLostItsTransaction_andIsWaitedFor_endsWithTheLockTimeoutThatNamesTheHolder() {
        Numbers quick = numbers.with(Database.over(
                ConnectionFactories.get("r2dbc:sqlite:file:///" + numbers.fixture.file + "?lockWaitTimeout=PT0.2S")));
        Flux<Row> work = quick.db.inTransaction(
                TransactionTerms.write("orders"),
                tx -> quick.add(1).then(Mono.fromFuture(() -> quick.add(2).toFuture())));

        StepVerifier.create(work)
                .expectErrorSatisfies(error -> assertThat(error)
                        .hasMessageContaining("orders")
                        .hasMessageContaining("waits for itself")
                        .matches(it ->
                                it instanceof R2dbcTimeoutException || it.getCause() instanceof R2dbcTimeoutException))
                .verify(Fixture.PATIENCE);
        assertThat(numbers.stored()).isEmpty();
    }

    @Test
    void block_inTheCodeOfATransaction_isRefusedAtOnce() {
        Flux<Row> work = numbers.db.inTransaction(tx -> numbers.add(1)
                .map(row -> java.util.Objects.requireNonNull(numbers.add(2).block(Fixture.PATIENCE))));

        StepVerifier.create(work)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("blocking"))
                .verify(Duration.ofSeconds(2));
        // Reactor subscribes before it refuses: what was asked for outside of the transaction may still be written.
        assertThat(numbers.stored()).doesNotContain(1L);
    }

    @Test
    void statementsSideBySide_inOneTransaction_areSerial() {
        Flux<Row> work = numbers.db.inTransaction(tx -> Flux.range(1, 200).flatMap(numbers::add, 64));

        assertThat(run(work)).hasSize(200);
        assertThat(numbers.stored()).hasSize(200);
    }

    @Test
    void writeWithAParkedCursor_inOneTransaction_readsTheRestFirst() {
        numbers.fill(500);
        Flux<Long> work = numbers.db.inTransaction(tx -> numbers.n()
                .orderBy("id")
                .fetchSize(10)
                .flux()
                .concatMap(row -> numbers.add((Long) row.pk() + 1000).map(added -> (Long) added.pk()), 1));

        assertThat(run(work)).hasSize(500).startsWith(1001L).endsWith(1500L);
        assertThat(List.copyOf(numbers.stored())).hasSize(1000);
    }
}
