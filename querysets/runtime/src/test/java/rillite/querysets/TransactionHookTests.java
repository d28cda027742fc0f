package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.querysets.Numbers.run;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** afterCommit and afterRollback: when they run, and what their errors do. */
@ParameterizedClass
@EnumSource(Access.class)
final class TransactionHookTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Numbers numbers;
    private Database db;
    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        numbers = Numbers.in(directory, access);
        db = numbers.db;
    }

    @AfterEach
    void close() {
        numbers.fixture.awaitClosed();
        numbers.close();
    }

    private Mono<Void> tell(String what) {
        return Mono.fromRunnable(() -> told.add(what));
    }

    /** Registers both kinds under a name. */
    private void register(Transaction tx, String name) {
        tx.afterCommit(tell(name + " committed")).afterRollback(tell(name + " rolled back"));
    }

    private static <T> Mono<T> wrong() {
        return Mono.error(new IllegalStateException("wrong"));
    }

    @Test
    void afterCommit_runsInOrder_withoutTheLock_beforeTheEnd() {
        Flux<Row> work = db.inTransaction(tx -> {
            tx.afterCommit(numbers.n().count().doOnNext(seen -> told.add("sees " + seen)));
            tx.afterCommit(numbers.add(2).doOnNext(row -> told.add("open " + numbers.fixture.open.get())));
            register(tx, "tx");
            return numbers.add(1);
        });

        run(work);
        assertThat(told).containsExactly("sees 1", "open 0", "tx committed");
        assertThat(numbers.stored()).containsExactly(1L, 2L);
    }

    @Test
    void afterRollback_runsAfterAnError() {
        StepVerifier.create(db.inTransaction(tx -> {
                    register(tx, "tx");
                    return numbers.add(1).then(wrong());
                }))
                .expectErrorMessage("wrong")
                .verify(Fixture.PATIENCE);
        assertThat(told).containsExactly("tx rolled back");
    }

    @Test
    void afterRollback_runsAfterACancel() {
        StepVerifier.create(db.inTransaction(tx -> {
                    register(tx, "tx");
                    return numbers.add(1).concatWith(Mono.never());
                }))
                .expectNextCount(1)
                .thenCancel()
                .verify(Fixture.PATIENCE);
        org.awaitility.Awaitility.await().atMost(Fixture.PATIENCE).until(() -> !told.isEmpty());
        assertThat(told).containsExactly("tx rolled back");
    }

    @Test
    void afterRollback_runsAfterACommitThatFails() {
        try (Fixture fixture = Fixture.ofScript(
                access,
                directory,
                "CREATE TABLE p (id INTEGER PRIMARY KEY);"
                        + "CREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)")) {
            StepVerifier.create(fixture.db.inTransaction(tx -> {
                        register(tx, "tx");
                        return tx.objects("c").create("p", 1);
                    }))
                    .expectError()
                    .verify(Fixture.PATIENCE);
        }
        assertThat(told).containsExactly("tx rolled back");
    }

    @Test
    void hookThatFails_isLogged_andChangesNothing() {
        try (LogLines log = LogLines.of(Transaction.class)) {
            Flux<Row> work = db.inTransaction(tx -> {
                tx.afterCommit(wrong());
                register(tx, "tx");
                return numbers.add(1);
            });

            assertThat(run(work)).hasSize(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING")
                    .contains("afterCommit");
        }
        assertThat(told).containsExactly("tx committed");
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void hooksOfAPart_waitForTheWhole() {
        run(db.inTransaction(tx -> {
            register(tx, "whole");
            return db.inTransaction(part -> {
                        register(part, "part");
                        return numbers.add(1);
                    })
                    .single()
                    .doOnNext(row -> assertThat(told).isEmpty());
        }));
        assertThat(told).containsExactly("whole committed", "part committed");
    }

    @Test
    void hooksOfAPartThatFailed_tellOfItsRollback_whenTheWholeHasEnded() {
        run(db.inTransaction(tx -> {
            register(tx, "whole");
            return db.<Row>inTransaction(part -> {
                        register(part, "part");
                        return numbers.add(1).then(wrong());
                    })
                    .onErrorComplete()
                    .then(numbers.add(2))
                    .doOnNext(row -> assertThat(told).isEmpty());
        }));
        assertThat(told).containsExactly("whole committed", "part rolled back");
    }

    @Test
    void hooksOfAPart_ofAWholeThatFails_tellOfARollback() {
        StepVerifier.create(db.inTransaction(tx -> db.inTransaction(part -> {
                            register(part, "part");
                            return numbers.add(1);
                        })
                        .then(wrong())))
                .expectError()
                .verify(Fixture.PATIENCE);
        assertThat(told).containsExactly("part rolled back");
    }

    @Test
    void hooksOfReads_runToo() {
        run(db.readOnly(tx -> {
            register(tx, "reads");
            return numbers.n().count();
        }));
        run(db.inTransaction(tx -> db.readOnly(read -> {
            register(read, "inner reads");
            return numbers.n().count();
        })));
        assertThat(told).containsExactly("reads committed", "inner reads committed");
    }

    @Test
    void cancel_whileTheCommitIsOnItsWay_doesNotUndoIt() {
        HeldCommits held = HeldCommits.of(numbers.fixture.connections);
        Numbers slow = numbers.with(Database.over(held));
        held.armed().set(true);
        Flux<Row> work = slow.db.inTransaction(tx -> {
            register(tx, "tx");
            return slow.add(1);
        });

        StepVerifier.create(work)
                .then(() -> held.sent().asMono().block(Fixture.PATIENCE))
                .thenCancel()
                .verify(Fixture.PATIENCE);
        assertThat(told).isEmpty();
        held.answer().tryEmitEmpty();

        numbers.fixture.awaitClosed();
        org.awaitility.Awaitility.await().atMost(Fixture.PATIENCE).until(() -> !told.isEmpty());
        assertThat(told).containsExactly("tx committed");
        assertThat(numbers.stored()).containsExactly(1L);
    }

    @Test
    void value_whileTheCommitIsOnItsWay_waits() {
        HeldCommits held = HeldCommits.of(numbers.fixture.connections);
        Numbers slow = numbers.with(Database.over(held));
        held.armed().set(true);
        List<Object> seen = new CopyOnWriteArrayList<>();

        StepVerifier.create(slow.db.inTransaction(tx -> slow.add(1)).doOnNext(seen::add))
                .then(() -> {
                    held.sent().asMono().block(Fixture.PATIENCE);
                    assertThat(seen).isEmpty();
                    held.answer().tryEmitEmpty();
                })
                .expectNextCount(1)
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }
}
