package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.TransactionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteBackup;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Databases in memory: one physical connection serves everything. */
final class MemoryDatabaseTests extends EngineCase {
    private SqliteConnectionFactory factory;
    private Connection connection;

    @BeforeEach
    void openMemory() {
        factory = factory("r2dbc:sqlite:mem:///");
        connection = connect(factory);
        exec(connection, "CREATE TABLE t (a INTEGER)");
    }

    private static TransactionDefinition readOnly() {
        Map<Object, Object> attributes = Map.of(TransactionDefinition.READ_ONLY, true);
        return new TransactionDefinition() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T getAttribute(io.r2dbc.spi.Option<T> option) {
                return (T) attributes.get(option);
            }
        };
    }

    @Test
    void privateOnes_areApart() {
        Connection other = connect(factory("r2dbc:sqlite:mem:///"));

        assertThat(read(other, Long.class, "SELECT count(*) FROM sqlite_schema"))
                .containsExactly(0L);
        assertThat(read(connect(factory), Long.class, "SELECT count(*) FROM t")).containsExactly(0L);
    }

    @Test
    void namedOnes_areShared_whileAFactoryHasThem() {
        String url = "r2dbc:sqlite:mem:///" + UUID.randomUUID();
        SqliteConnectionFactory first = factory(url);
        SqliteConnectionFactory second = factory(url);
        exec(connect(first), "CREATE TABLE n (a); INSERT INTO n VALUES (7)");

        assertThat(read(connect(second), Integer.class, "SELECT a FROM n")).containsExactly(7);
        done(first.close());
        assertThat(read(connect(second), Integer.class, "SELECT a FROM n")).containsExactly(7);
        done(second.close());
        assertThat(read(connect(factory(url)), Long.class, "SELECT count(*) FROM sqlite_schema"))
                .containsExactly(0L);
    }

    @Test
    void readsAndWrites_ofManySessions_interleave() {
        Flux<Long> work = Flux.range(1, 300)
                .flatMap(
                        i -> Flux.usingWhen(
                                factory.create(),
                                c -> Flux.concat(
                                        TestDatabase.counts(c, "INSERT INTO t VALUES (?)", i),
                                        TestDatabase.column(c, Long.class, "SELECT count(*) FROM t WHERE a = ?", i)),
                                Connection::close),
                        100);

        assertThat(Await.all(work)).hasSize(600).containsOnly(1L);
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(300L);
    }

    @Test
    void longResult_readSlowly_survivesAWrite() {
        exec(connection, "INSERT INTO t " + ENDLESS + " LIMIT 5000");
        Connection other = connect(factory);

        var rows = TestDatabase.column(connection, Integer.class, "SELECT a FROM t ORDER BY a")
                .concatMap(
                        a -> a == 100
                                ? TestDatabase.counts(other, "DELETE FROM t").thenMany(Mono.just(a))
                                : Mono.just(a),
                        1);

        assertThat(Await.all(rows))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5000).boxed().toList());
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(0L);
    }

    @Test
    void transaction_holdsTheOnlyConnection_othersWait() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1)");
        Connection other = connect(factory);
        CompletableFuture<Long> count = TestDatabase.column(other, Long.class, "SELECT count(*) FROM t")
                .next()
                .toFuture();
        Connection impatient = connect(factory);
        done(impatient.setLockWaitTimeout(Duration.ofMillis(200)));
        assertFails(TestDatabase.column(impatient, Integer.class, "SELECT 1"), R2dbcTimeoutException.class, "55P03");
        assertThat(count).isNotDone();

        done(connection.commitTransaction());

        assertThat(count).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(1L);
    }

    @Test
    void readOnlyTransaction_refusesWrites_alsoThoseMadeBefore() {
        var insert = TestDatabase.counts(connection, "INSERT INTO t VALUES (1)");
        var ddl = TestDatabase.counts(connection, "CREATE TABLE u (a)");
        done(connection.beginTransaction(readOnly()));

        assertFails(insert, R2dbcPermissionDeniedException.class, "25006");
        assertFails(ddl, R2dbcPermissionDeniedException.class, "25006");
        assertFails(
                Flux.from(connection
                        .createBatch()
                        .add("SELECT 1")
                        .add("DELETE FROM t")
                        .execute()),
                R2dbcPermissionDeniedException.class,
                "25006");

        done(connection.commitTransaction());
        assertThat(Await.all(insert)).containsExactly(1L);
    }

    @Test
    void dedicatedSession_isRefusedByTheConfiguration() {
        assertThatThrownBy(() -> SqliteConnectionFactory.fromUrl("r2dbc:sqlite:mem:///?session=dedicated"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session");
    }

    @Test
    void vacuumIntegrityCheckAndBackup_work() {
        exec(connection, "INSERT INTO t " + ENDLESS + " LIMIT 1000");
        Path copy = directory.resolve("copy.db");

        exec(connection, "VACUUM");
        assertThat(read(connection, String.class, "PRAGMA integrity_check")).containsExactly("ok");
        done(SqliteCapabilities.require(connection, SqliteBackup.class).backup(copy));

        assertThat(TestDatabase.peek(copy, "SELECT sum(a) FROM t")).isEqualTo(500_500);
        exec(connection, "VACUUM INTO ?", directory.resolve("other.db").toString());
        assertThat(directory.resolve("other.db")).exists();
        assertFails(connection, "ATTACH ':memory:' AS x", R2dbcNonTransientException.class, "0A000");
    }

    @Test
    void integrityCheck_inATransaction_usesItsConnection() {
        done(connection.beginTransaction());
        exec(connection, "INSERT INTO t VALUES (1)");

        assertThat(read(connection, String.class, "PRAGMA quick_check")).containsExactly("ok");
        assertFails(
                TestDatabase.counts(
                        connection, "VACUUM INTO ?", directory.resolve("c.db").toString()),
                R2dbcNonTransientException.class,
                "25001");

        done(connection.rollbackTransaction());
    }
}
