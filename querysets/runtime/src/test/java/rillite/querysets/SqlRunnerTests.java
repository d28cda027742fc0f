package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.ast.SqlText;
import rillite.r2dbc.SqliteBulk;

/** What the verbs of several statements stand on. */
final class SqlRunnerTests {

    @TempDir
    Path directory;

    private static final SqlText NUMBERS = sql("SELECT id FROM n ORDER BY id");

    private static SqlText sql(String text, @Nullable Object... binds) {
        return new SqlText(text, java.util.Arrays.asList(binds));
    }

    private static SqlText insert(long id) {
        return sql("INSERT INTO n VALUES (?)", id);
    }

    private Fixture numbers(Access access) {
        return Fixture.ofScript(access, directory, "PRAGMA journal_mode=WAL; CREATE TABLE n (id INTEGER PRIMARY KEY)");
    }

    private static List<Long> stored(Fixture fixture) {
        return fixture.jdbc("SELECT id FROM n ORDER BY id").stream()
                .map(row -> ((Number) Objects.requireNonNull(row.get(0))).longValue())
                .toList();
    }

    private static Flux<Long> ids(Session session, int fetchSize) {
        return session.rows(NUMBERS, fetchSize, row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    @ParameterizedTest
    @EnumSource
    void inWrite_severalStatements_commitTogether(Access access) {
        try (Fixture fixture = numbers(access)) {
            Flux<Long> work = fixture.db
                    .runner()
                    .inWrite(session -> session.count(insert(1))
                            .doOnNext(done -> assertThat(stored(fixture)).isEmpty())
                            .then(session.count(insert(2))));

            StepVerifier.create(work)
                    .assertNext(changed -> {
                        assertThat(changed).isEqualTo(1);
                        assertThat(stored(fixture)).containsExactly(1L, 2L);
                    })
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
            assertThat(fixture.open).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inWrite_error_leavesNothing(Access access) {
        try (Fixture fixture = numbers(access)) {
            Flux<Long> work = fixture.db
                    .runner()
                    .inWrite(session -> session.count(insert(1)).then(session.count(insert(1))));

            StepVerifier.create(work).expectError().verify(Fixture.PATIENCE);
            assertThat(stored(fixture)).isEmpty();
            assertThat(fixture.open).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inWrite_insideAnother_takesBackItsOwnWorkOnly(Access access) {
        try (Fixture fixture = numbers(access)) {
            SqlRunner runner = fixture.db.runner();
            Mono<Long> inner = runner.inWrite(
                            session -> session.count(insert(2)).then(session.count(insert(2))))
                    .next()
                    .onErrorReturn(-1L);
            Flux<Long> work = runner.inWrite(session ->
                    session.count(insert(1)).then(inner).delayUntil(failed -> runner.count(() -> insert(3))));

            StepVerifier.create(work).expectNext(-1L).expectComplete().verify(Fixture.PATIENCE);
            assertThat(stored(fixture)).containsExactly(1L, 3L);
            assertThat(fixture.open).hasValue(0);
        }
    }

    @Test
    void inWrite_reachesTheCapabilitiesOfTheConnection() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            Flux<Boolean> found =
                    fixture.db.runner().inWrite(session -> Mono.just(session.find(SqliteBulk.class) != null));

            StepVerifier.create(found).expectNext(true).expectComplete().verify(Fixture.PATIENCE);
        }
    }

    @Test
    void inSnapshot_childStatements_seeWhatTheParkedParentSees() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            fixture.jdbc("INSERT INTO n SELECT value FROM generate_series(1, 1000)"
                    .replace(
                            "generate_series(1, 1000)",
                            "json_each((WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < 1000) SELECT"
                                    + " json_group_array(x) FROM i))"));
            SqlText count = sql("SELECT count(*) FROM n");
            AtomicInteger chunks = new AtomicInteger();
            Flux<Long> counts = fixture.db
                    .runner()
                    .inSnapshot(session -> ids(session, 100)
                            .buffer(100)
                            .concatMap(
                                    chunk -> {
                                        chunks.incrementAndGet();
                                        fixture.jdbc("DELETE FROM n WHERE id = " + chunk.get(0));
                                        return session.rows(
                                                count, 0, row -> Objects.requireNonNull(row.get(0, Long.class)));
                                    },
                                    1));

            StepVerifier.create(counts, 1)
                    .expectNext(1000L)
                    .thenRequest(100)
                    .expectNextCount(9)
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
            assertThat(chunks).hasValue(10);
            assertThat(stored(fixture)).hasSize(990);
            assertThat(fixture.open).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inSnapshot_cancelAtEveryPlace_leavesNothingOpen(Access access) {
        try (Fixture fixture = numbers(access)) {
            for (long i = 0; i < 12; i++) {
                fixture.jdbc("INSERT INTO n VALUES (" + i + ")");
            }
            Flux<Long> work = fixture.db
                    .runner()
                    .inSnapshot(session -> ids(session, 2).buffer(2).concatMap(chunk -> ids(session, 3), 1));
            for (int taken = 0; taken < 30; taken++) {
                List<Long> seen = new ArrayList<>();
                StepVerifier.create(work.doOnNext(seen::add), taken)
                        .expectNextCount(taken)
                        .thenCancel()
                        .verify(Fixture.PATIENCE);
                assertThat(seen).hasSize(taken);
            }
            fixture.awaitClosed();
            StepVerifier.create(fixture.db.runner().count(() -> insert(100)))
                    .expectNext(1L)
                    .expectComplete()
                    .verify(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inSnapshot_write_isRefusedBeforeAnyStatement(Access access) {
        try (Fixture fixture = numbers(access)) {
            Flux<Long> work = fixture.db.runner().inSnapshot(session -> session.count(insert(1)));

            StepVerifier.create(work).expectError(TransactionException.class).verify(Fixture.PATIENCE);
            assertThat(fixture.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inWrite_commitFails_isRolledBack(Access access) {
        try (Fixture fixture = Fixture.ofScript(
                access,
                directory,
                "CREATE TABLE p (id INTEGER PRIMARY KEY);"
                        + "CREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)")) {
            Flux<Long> work = fixture.db.runner().inWrite(session -> session.count(sql("INSERT INTO c VALUES (1)")));

            StepVerifier.create(work)
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfAny(R2dbcException.class, java.sql.SQLException.class)
                            .hasMessageContaining("FOREIGN KEY"))
                    .verify(Fixture.PATIENCE);
            assertThat(fixture.jdbc("SELECT * FROM c")).isEmpty();
            assertThat(fixture.open).hasValue(0);
        }
    }
}
