package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Wrapped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.ast.SqlText;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteStatistics;

/** Single queries: straight from the driver where there is nobody to ask for a connection, and otherwise the same. */
final class DirectRowsTests {

    private static final String NUMBERS = "PRAGMA journal_mode=WAL; CREATE TABLE n (id INTEGER PRIMARY KEY, a TEXT);"
            + "INSERT INTO n SELECT value, 'a' || value FROM json_each('[1,2,3,4,5,6,7,8,9,10]')";

    @TempDir
    Path directory;

    private Fixture numbers(Access access) {
        return Fixture.ofScript(access, directory, NUMBERS);
    }

    private static Flux<Object> ids(Fixture fixture) {
        return fixture.db.objects("n").orderBy("id").fetchSize(2).flux().map(Row::pk);
    }

    @Test
    void driver_readsWithoutAConnection_aSourceOfConnectionsIsAsked() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            SqliteStatistics engine = SqliteCapabilities.require(fixture.connections, SqliteStatistics.class);
            AtomicInteger sessions = new AtomicInteger();
            AtomicInteger asked = new AtomicInteger();
            ConnectionSource own = ConnectionSource.of(fixture.connections);
            ConnectionSource counting = new ConnectionSource() {
                @Override
                public Publisher<? extends Connection> acquire() {
                    asked.incrementAndGet();
                    return own.acquire();
                }

                @Override
                public Publisher<Void> release(Connection connection) {
                    return own.release(connection);
                }
            };
            Database other = Objects.requireNonNull(Database.over(
                            fixture.connections,
                            counting,
                            DatabaseOptions.defaults().schemaCheck(Duration.ZERO))
                    .block(Fixture.PATIENCE));

            ids(fixture)
                    .doOnNext(id -> sessions.addAndGet(engine.statistics().sessions()))
                    .blockLast(Fixture.PATIENCE);
            assertThat(sessions).hasValue(0);
            other.objects("n").flux().blockLast(Fixture.PATIENCE);
            assertThat(asked).hasValue(1);
        }
    }

    /** As a proxy that watches connections. */
    private record Wrapper(ConnectionFactory driver, AtomicInteger made)
            implements ConnectionFactory, Wrapped<ConnectionFactory> {
        @Override
        public ConnectionFactory unwrap() {
            return driver;
        }

        @Override
        public Publisher<? extends Connection> create() {
            return Mono.from(driver.create()).doOnNext(connection -> made.incrementAndGet());
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return driver.getMetadata();
        }
    }

    @Test
    void wrapperOfTheDriver_seesTheConnectionsOfAllStatements() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            Wrapper wrapper = new Wrapper(fixture.connections, new AtomicInteger());
            Database db = Objects.requireNonNull(
                    Database.over(wrapper, DatabaseOptions.defaults().schemaCheck(Duration.ZERO))
                            .block(Fixture.PATIENCE));
            wrapper.made.set(0);

            db.objects("n").flux().blockLast(Fixture.PATIENCE);
            assertThat(wrapper.made).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_demandOfOne_comeOneByOne(Access access) {
        try (Fixture fixture = numbers(access)) {
            StepVerifier.create(ids(fixture), 0)
                    .expectSubscription()
                    .thenRequest(1)
                    .expectNext(1L)
                    .thenRequest(1)
                    .expectNext(2L)
                    .thenRequest(7)
                    .expectNextCount(7)
                    .thenRequest(2)
                    .expectNext(10L)
                    .expectComplete()
                    .verify(Fixture.PATIENCE);
            fixture.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_cancelAtEveryPlace_leaveNothingOpen(Access access) {
        try (Fixture fixture = numbers(access)) {
            for (int taken = 0; taken <= 10; taken++) {
                StepVerifier.create(ids(fixture), taken)
                        .expectNextCount(taken)
                        .thenCancel()
                        .verify(Fixture.PATIENCE);
            }
            fixture.awaitClosed();
            assertThat(fixture.db.objects("n").update("a", "b").block(Fixture.PATIENCE))
                    .isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_cancelledWhenTheFirstIsHandedOver_giveNoMore(Access access) {
        try (Fixture fixture = numbers(access)) {
            List<Object> seen = new ArrayList<>();
            ids(fixture).doOnNext(seen::add).take(1).blockLast(Fixture.PATIENCE);
            assertThat(seen).containsExactly(1L);
            fixture.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_subscribedInATransaction_belongToIt(Access access) {
        try (Fixture fixture = numbers(access)) {
            QuerySet<Row> added = fixture.db.objects("n").filter("id__gt", 10);
            Mono<Long> seen = fixture.db
                    .inTransaction(
                            tx -> tx.objects("n").create("id", 11, "a", "x").then(added.count()))
                    .next();

            assertThat(seen.block(Fixture.PATIENCE)).isEqualTo(1);
            assertThat(added.count().block(Fixture.PATIENCE)).isEqualTo(1);
            fixture.awaitClosed();
        }
    }

    @Test
    void rows_databaseClosed_isAnErrorOfThePublisher() {
        Fixture fixture = numbers(Access.DRIVER);
        fixture.close();

        StepVerifier.create(ids(fixture))
                .expectError(R2dbcNonTransientResourceException.class)
                .verify(Fixture.PATIENCE);
    }

    @Test
    void rows_ofAColumnThatIsGone_lookAtTheSchemaAndSaySo() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            fixture.run("ALTER TABLE n RENAME COLUMN a TO b");

            StepVerifier.create(fixture.db.objects("n").flux())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(SchemaChangedException.class)
                            .hasMessageContaining("n.a"))
                    .verify(Fixture.PATIENCE);
            assertThat(fixture.db.objects("n").count().block(Fixture.PATIENCE)).isEqualTo(10);
            fixture.awaitClosed();
        }
    }

    @Test
    void rows_cancelledWhileTheSchemaIsLookedAt_leaveNothingOpen() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            fixture.run("ALTER TABLE n RENAME COLUMN a TO b");
            for (int i = 0; i < 20; i++) {
                fixture.db
                        .objects("n")
                        .flux()
                        .subscribe(ignored -> {}, ignored -> {})
                        .dispose();
            }
            fixture.awaitClosed();
            assertThat(fixture.db.objects("n").count().block(Fixture.PATIENCE)).isEqualTo(10);
        }
    }

    @Test
    void statement_thatCannotBeMade_isAnErrorOfThePublisher() {
        try (Fixture fixture = numbers(Access.DRIVER)) {
            Flux<Long> rows = fixture.db
                    .runner()
                    .rows(
                            () -> {
                                throw Errors.invalidQuery("too large");
                            },
                            0,
                            row -> 1L);
            StepVerifier.create(rows).expectErrorMessage("too large").verify(Fixture.PATIENCE);
            assertThat(fixture.sent()).isEmpty();
        }
    }

    @Test
    void listeners_hearOfEveryStatementOnce() {
        try (Fixture fixture = numbers(Access.DRIVER);
                StatementCounter counter = StatementCounter.on(fixture.db)) {
            ids(fixture).blockLast(Fixture.PATIENCE);
            counter.assertStatements(1);
            fixture.db
                    .runner()
                    .rows(
                            () -> new SqlText("SELECT id FROM n WHERE id = ?", List.of(3L)),
                            0,
                            row -> Objects.requireNonNull(row.get(0, Long.class)))
                    .blockLast(Fixture.PATIENCE);
            counter.assertStatements(2);
        }
    }
}
