package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteNonTransientResourceException;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** One engine per file: opened at the first request, shared, counted, closed by the last, opened again. */
final class EngineLifecycleTests extends EngineCase {
    private SqliteConnectionFactory file(String name, String options) {
        return factory("r2dbc:sqlite:file:///" + directory.resolve(name) + options);
    }

    @Test
    void factory_untilConnectionIsRequested_touchesNothing() {
        Path path = directory.resolve("new.db");
        SqliteConnectionFactory factory = file("new.db", "");
        var connections = factory.create();

        assertThat(path).doesNotExist();
        StepVerifier.create(connections, 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(50))
                .then(() -> assertThat(path).doesNotExist())
                .thenRequest(1)
                .assertNext(connection -> assertThat(connection.isAutoCommit()).isTrue())
                .verifyComplete();
        assertThat(path).exists();
    }

    @Test
    void create_everySubscription_isAnotherConnection() {
        var create = file("a.db", "").create();

        assertThat(Await.<Connection>one(create)).isNotSameAs(Await.<Connection>one(create));
    }

    @Test
    void create_cancelledBeforeRequest_makesNoSession() {
        SqliteConnectionFactory factory = file("a.db", "");
        connect(factory);

        for (int i = 0; i < 100; i++) {
            factory.create().subscribe(new BaseSubscriber<Connection>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.cancel();
                }
            });
        }

        assertThat(stats(factory).sessions()).isEqualTo(1);
    }

    @Test
    void create_cancelledWhileOpening_factoryStillWorksAndCloses() {
        for (int i = 0; i < 20; i++) {
            SqliteConnectionFactory factory = file("cancel" + i + ".db", "");
            factory.create().subscribe().dispose();
            if (i % 2 == 0) {
                assertThat(Await.<Connection>one(factory.create())).isNotNull();
            }
            done(factory.close());
            assertNobodyHolds("cancel" + i + ".db");
        }
    }

    /** Another engine with other options may open the file: the first one is gone. */
    private void assertNobodyHolds(String name) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            SqliteConnectionFactory other = SqliteConnectionFactory.fromUrl(
                    "r2dbc:sqlite:file:///" + directory.resolve(name) + "?groupCommit=false&statementCacheSize=17");
            done(Flux.usingWhen(other.create(), c -> Flux.just(1), Connection::close));
            done(other.close());
        });
    }

    @Test
    void twoFactories_shareAnEngine() {
        SqliteConnectionFactory first = file("a.db", "");
        SqliteConnectionFactory second = file("a.db", "");
        Connection one = connect(first);
        Connection two = connect(second);

        exec(one, "CREATE TABLE t (a)");
        exec(two, "INSERT INTO t VALUES (1)");

        assertThat(read(one, Integer.class, "SELECT a FROM t")).containsExactly(1);
        assertThat(stats(first).writes()).isEqualTo(stats(second).writes()).isEqualTo(2);
    }

    @Test
    void engine_closesWithItsLastFactory() {
        SqliteConnectionFactory first = file("a.db", "");
        SqliteConnectionFactory second = file("a.db", "");
        connect(first);
        Connection two = connect(second);

        done(first.close());
        done(first.close());
        assertThat(exec(two, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")).containsExactly(1L);

        done(second.close());
        assertFails(two, "INSERT INTO t VALUES (2)", R2dbcNonTransientResourceException.class, "08003");
        assertThat(directory.resolve("a.db-wal")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "synchronous=NORMAL, synchronous",
        "groupCommit=false, groupCommit",
        "readerThreads=1, readerThreads",
        "foreignKeys=false, foreignKeys",
        "statementCacheSize=1, statementCacheSize",
        "cacheSize=-4000, cacheSize",
        "pragma.recursive_triggers=ON, pragma.recursive_triggers",
        "checkpoints=external, checkpoints"
    })
    void otherOptions_areRefused_namingTheOption(String option, String named) {
        connect(file("a.db", ""));
        SqliteConnectionFactory other = file("a.db", "?" + option);

        assertThat(assertFails(other.create(), R2dbcNonTransientResourceException.class, "08001"))
                .hasMessageContaining(named)
                .hasMessageContaining("a.db");
    }

    @ParameterizedTest
    @CsvSource({"lockWaitTimeout=PT1S", "statementTimeout=PT9S", "session=dedicated", "integerType=LONG"})
    void optionsOfConnections_mayDiffer(String option) {
        connect(file("a.db", ""));

        assertThat(connect(file("a.db", "?" + option)).isAutoCommit()).isTrue();
    }

    @Test
    void otherOptions_afterTheFirstIsClosed_areTaken() {
        SqliteConnectionFactory first = file("a.db", "");
        connect(first);
        SqliteConnectionFactory other = file("a.db", "?synchronous=OFF");
        assertFails(other.create(), R2dbcNonTransientResourceException.class, "08001");

        done(first.close());

        assertThat(read(connect(other), Integer.class, "PRAGMA synchronous")).containsExactly(0);
    }

    @Test
    void reopen_immediately_works() {
        for (int i = 0; i < 20; i++) {
            SqliteConnectionFactory factory = file("a.db", "?statementCacheSize=" + (i + 1));
            Connection connection = Await.one(factory.create());
            exec(connection, "CREATE TABLE IF NOT EXISTS t (a)");
            exec(connection, "INSERT INTO t VALUES (?)", i);
            done(factory.close());
        }

        assertThat(read(connect(file("a.db", "")), Integer.class, "SELECT a FROM t"))
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void reopen_whileTheOtherCloses_waitsForIt() {
        for (int i = 0; i < 20; i++) {
            SqliteConnectionFactory first = file("a.db", "");
            exec(Await.<Connection>one(first.create()), "CREATE TABLE IF NOT EXISTS t (a)");
            SqliteConnectionFactory second = file("a.db", "");

            CompletableFuture<Void> closing = first.close().toFuture();
            Connection connection = Await.one(second.create());

            assertThat(exec(connection, "INSERT INTO t VALUES (1)")).containsExactly(1L);
            assertThat(closing).succeedsWithin(30, TimeUnit.SECONDS);
            done(second.close());
        }
    }

    @Test
    void factory_closed_refusesTheNextConnection_anotherFactoryOpensAgain() {
        SqliteConnectionFactory factory = file("a.db", "");
        exec(connect(factory), "CREATE TABLE t (a)");
        done(factory.close());

        assertThatThrownBy(() -> connect(factory))
                .isInstanceOfSatisfying(
                        SqliteNonTransientResourceException.class,
                        closed -> assertThat(closed.getSqlState()).isEqualTo("08003"))
                .hasMessageContaining("is closed. Open a new connection factory.");
        assertThat(exec(connect(file("a.db", "")), "INSERT INTO t VALUES (1)")).containsExactly(1L);
    }

    @Test
    void manyAtOnce_openOneEngine() {
        SqliteConnectionFactory factory = file("a.db", "");

        List<Connection> all = Await.all(Flux.range(0, 100).flatMap(i -> factory.create(), 100));

        assertThat(all).hasSize(100);
        assertThat(stats(factory).sessions()).isEqualTo(100);
        done(Flux.fromIterable(all).flatMap(Connection::close));
        assertThat(stats(factory).sessions()).isZero();
    }

    @Test
    void manyFactoriesAtOnce_newFile_shareIt() {
        List<SqliteConnectionFactory> factories =
                IntStream.range(0, 16).mapToObj(i -> file("crowd.db", "")).toList();

        List<Connection> all = Await.all(Flux.fromIterable(factories).flatMap(SqliteConnectionFactory::create, 16));

        exec(all.get(0), "CREATE TABLE t (a)");
        all.forEach(c -> exec(c, "INSERT INTO t VALUES (1)"));
        assertThat(stats(factories.get(3)).writes()).isEqualTo(17);
    }

    @Test
    void close_beforeAnything_completes() {
        done(file("never.db", "").close());

        assertThat(directory.resolve("never.db")).doesNotExist();
    }

    @Test
    void close_whileOpening_closesWhatWasOpened() {
        for (int i = 0; i < 20; i++) {
            SqliteConnectionFactory factory = file("late.db", "");
            CompletableFuture<Connection> connection = factory.create().toFuture();

            done(factory.close());

            assertThat(connection.handle((c, e) -> true)).succeedsWithin(30, TimeUnit.SECONDS);
            assertNobodyHolds("late.db");
        }
    }

    @Test
    void open_whileAnotherHoldsTheFile_waitsUpToConnectTimeout() throws Exception {
        Path path = directory.resolve("held.db");
        try (var holder = TestDatabase.jdbc(path);
                var statement = holder.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            statement.execute("BEGIN EXCLUSIVE");

            SqliteConnectionFactory impatient = file("held.db", "?connectTimeout=PT0.4S");
            assertThat(assertFails(impatient.create(), R2dbcTimeoutException.class, "08001"))
                    .hasMessageContaining("connectTimeout")
                    .hasMessageContaining("400 ms");
            CompletableFuture<Connection> patient =
                    file("held.db", "?connectTimeout=PT20S").create().toFuture();
            await().during(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !patient.isDone());

            statement.execute("ROLLBACK");

            assertThat(patient).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(exec(patient.join(), "INSERT INTO t VALUES (1)")).containsExactly(1L);
        }
    }

    @Test
    void open_timedOut_leavesNothingOpen_andWorksLater() throws Exception {
        Path path = directory.resolve("held.db");
        SqliteConnectionFactory factory = file("held.db", "?connectTimeout=PT0.2S");
        try (var holder = TestDatabase.jdbc(path);
                var statement = holder.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            statement.execute("BEGIN EXCLUSIVE");
            assertFails(factory.create(), R2dbcTimeoutException.class, "08001");
            statement.execute("ROLLBACK");
        }

        assertThat(exec(connect(factory), "INSERT INTO t VALUES (1)")).containsExactly(1L);
        done(factory.close());
        assertNobodyHolds("held.db");
        assertThat(Files.exists(directory.resolve("held.db-wal"))).isFalse();
    }
}
