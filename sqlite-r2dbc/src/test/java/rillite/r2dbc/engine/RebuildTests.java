package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import rillite.r2dbc.ConstraintKind;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteDataIntegrityException;
import rillite.r2dbc.SqliteRebuild;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** Foreign keys are off inside a rebuild, checked before its commit, and on again however it ends. */
final class RebuildTests extends EngineCase {
    private static final String TABLES = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);"
            + " CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author ON DELETE CASCADE);"
            + " INSERT INTO author VALUES (1, 'Ada'); INSERT INTO book VALUES (1, 1), (2, 1)";
    private static final String REBUILD = "CREATE TABLE author_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
            + " INSERT INTO author_new SELECT * FROM author; DROP TABLE author;"
            + " ALTER TABLE author_new RENAME TO author";
    private static final String ORPHAN = "INSERT INTO book VALUES (9, 9)";

    private TestDatabase tables(String... options) {
        TestDatabase database = open(options);
        database.run(TABLES);
        return database;
    }

    private static <T> Mono<T> rebuild(Object connectionOrFactory, String sql, Mono<T> then) {
        return SqliteCapabilities.require(connectionOrFactory, SqliteRebuild.class)
                .rebuildSession(connection ->
                        TestDatabase.counts(connection, sql).then().then(then));
    }

    /** The writer enforces foreign keys, also in a statement it has prepared before. */
    private static void assertEnforced(ConnectionFactory factory) {
        Connection connection = Await.one(factory.create());
        assertFails(connection, ORPHAN, SqliteDataIntegrityException.class, "23503");
        done(connection.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void rebuiltTable_keepsTheRowsThatReferenceIt(String session) {
        TestDatabase database = tables("session=" + session);
        assertEnforced(database.factory());

        String given = Await.one(rebuild(database.factory(), REBUILD, Mono.just("done")));

        assertThat(given).isEqualTo("done");
        assertThat(database.value(Long.class, "SELECT count(*) FROM book")).isEqualTo(2);
        assertThat(database.value(
                        Integer.class, "SELECT \"notnull\" FROM pragma_table_info('author') WHERE name = 'name'"))
                .isEqualTo(1);
        assertEnforced(database.factory());
    }

    @Test
    void memoryDatabase_hasItToo() {
        var factory = factory("r2dbc:sqlite:mem:///rebuild");
        Connection connection = connect(factory);
        exec(connection, TABLES);

        done(rebuild(connection, REBUILD, Mono.empty()));

        assertThat(read(connection, Long.class, "SELECT count(*) FROM book")).containsExactly(2L);
        assertEnforced(factory);
    }

    @Test
    void throughAPool_itIsFoundOnTheConnection() {
        TestDatabase database = tables();
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(database.factory())
                .maxSize(1)
                .build());
        Connection connection = Await.one(pool.create());

        done(rebuild(connection, REBUILD, Mono.empty()));

        done(connection.close());
        assertEnforced(pool);
        done(pool.disposeLater());
    }

    @Test
    void rowWithoutParent_isRefusedBeforeTheCommit() {
        TestDatabase database = tables();

        Throwable error = Await.error(rebuild(database.factory(), ORPHAN, Mono.just(1)));

        assertThat(error)
                .isInstanceOfSatisfying(SqliteDataIntegrityException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(ConstraintKind.FOREIGN_KEY);
                    assertThat(refused.getSqlState()).isEqualTo("23503");
                })
                .hasMessageStartingWith("[FOREIGN_KEYS_BROKEN]")
                .hasMessageContaining("\"book\" rowid 9 references \"author\"");
        assertThat(database.value(Long.class, "SELECT count(*) FROM book")).isEqualTo(2);
        assertEnforced(database.factory());
    }

    @Test
    void commitInsideOfTheWork_isCheckedToo() {
        TestDatabase database = tables();
        SqliteRebuild rebuild = SqliteCapabilities.require(database.factory(), SqliteRebuild.class);

        assertFails(
                rebuild.rebuildSession(connection ->
                        TestDatabase.counts(connection, ORPHAN + "; COMMIT").then()),
                SqliteDataIntegrityException.class,
                "23503");

        assertEnforced(database.factory());
    }

    @Test
    void failedStatement_rollsBack() {
        TestDatabase database = tables();

        assertThat(Await.error(rebuild(database.factory(), REBUILD + "; SELECT nonsense", Mono.empty())))
                .isInstanceOf(R2dbcException.class);

        assertThat(database.value(Long.class, "SELECT count(*) FROM author")).isEqualTo(1);
        assertEnforced(database.factory());
    }

    @Test
    void workThatThrows_rollsBack() {
        TestDatabase database = tables();
        SqliteRebuild rebuild = SqliteCapabilities.require(database.factory(), SqliteRebuild.class);

        assertThatThrownBy(() -> done(rebuild.rebuildSession(connection -> {
                    throw new IllegalStateException("mine");
                })))
                .hasMessage("mine");

        assertEnforced(database.factory());
    }

    @Test
    void rollbackBySqlite_endsThePauseToo() {
        TestDatabase database = tables();

        assertThat(Await.error(rebuild(
                        database.factory(),
                        ORPHAN + "; INSERT OR ROLLBACK INTO author VALUES (1, 'again')",
                        Mono.empty())))
                .isInstanceOf(R2dbcException.class);

        assertEnforced(database.factory());
        assertThat(database.value(Long.class, "SELECT count(*) FROM book")).isEqualTo(2);
    }

    @Test
    void cancel_rollsBack() throws InterruptedException {
        TestDatabase database = tables();
        CountDownLatch inside = new CountDownLatch(1);

        Disposable running = rebuild(
                        database.factory(), "DROP TABLE author", Mono.never().doOnSubscribe(s -> inside.countDown()))
                .subscribe();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        running.dispose();

        assertEnforced(database.factory());
        assertThat(database.value(Long.class, "SELECT count(*) FROM author")).isEqualTo(1);
    }

    @Test
    void idleTransaction_isRolledBack() {
        TestDatabase database = tables("transactionIdleTimeout=PT0.2S");

        assertFails(
                rebuild(
                        database.factory(),
                        "DROP TABLE author",
                        Mono.delay(Duration.ofMillis(600)).then()),
                R2dbcRollbackException.class,
                "40000");

        assertEnforced(database.factory());
    }

    @Test
    void statementPastItsDeadline_rollsBack() {
        TestDatabase database = tables("statementTimeout=PT0.2S");
        SqliteRebuild rebuild = SqliteCapabilities.require(database.factory(), SqliteRebuild.class);

        assertThat(Await.error(rebuild.rebuildSession(connection -> TestDatabase.counts(
                                connection,
                                "DROP TABLE author; INSERT INTO book "
                                        + ENDLESS.replace("SELECT x FROM n", "SELECT x, x FROM n WHERE x > 5"))
                        .then())))
                .isInstanceOf(R2dbcException.class);

        assertEnforced(database.factory());
        assertThat(database.value(Long.class, "SELECT count(*) FROM book")).isEqualTo(2);
    }

    @Test
    void closedConnection_rollsBack() throws InterruptedException {
        TestDatabase database = tables();
        Connection connection = database.connect();
        CountDownLatch inside = new CountDownLatch(1);
        rebuild(connection, "DROP TABLE author", Mono.never().doOnSubscribe(s -> inside.countDown()))
                .subscribe(value -> {}, error -> {});
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        done(connection.close());

        assertEnforced(database.factory());
    }

    @Test
    void closedFactory_leavesTheFileAsItWas() throws InterruptedException, SQLException {
        TestDatabase database = tables();
        CountDownLatch inside = new CountDownLatch(1);
        rebuild(database.factory(), "DROP TABLE author", Mono.never().doOnSubscribe(s -> inside.countDown()))
                .subscribe(value -> {}, error -> {});
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        database.close();

        assertThat(TestDatabase.peek(database.file(), "SELECT count(*) FROM author"))
                .isEqualTo(1);
    }

    @Test
    void lockOfOthers_isAwaited_andLeavesForeignKeysOn() throws Exception {
        TestDatabase database = tables("lockWaitTimeout=PT0.3S");
        try (var other = database.jdbc();
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertFails(rebuild(database.factory(), REBUILD, Mono.empty()), R2dbcTimeoutException.class, "55P03");
            statement.execute("COMMIT");
        }
        assertEnforced(database.factory());
        done(rebuild(database.factory(), REBUILD, Mono.empty()));
        assertEnforced(database.factory());
    }

    @Test
    void otherWriters_waitAndSeeForeignKeys() {
        TestDatabase database = tables();
        Connection other = connect(database);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);

        var running = rebuild(database.factory(), ORPHAN + "; DELETE FROM book WHERE id = 9", Mono.fromCallable(() -> {
                    inside.countDown();
                    return go.await(10, TimeUnit.SECONDS);
                }))
                .toFuture();
        await().atMost(Duration.ofSeconds(10)).until(() -> inside.getCount() == 0);
        var orphan = TestDatabase.counts(other, ORPHAN).then().toFuture();
        go.countDown();

        assertThat(running.join()).isTrue();
        assertThatThrownBy(orphan::join).hasCauseInstanceOf(SqliteDataIntegrityException.class);
    }

    @Test
    void openTransaction_isRefused() {
        TestDatabase database = tables();
        Connection connection = connect(database);
        done(connection.beginTransaction());

        assertFails(rebuild(connection, "SELECT 1", Mono.empty()), R2dbcNonTransientException.class, "25001");

        done(connection.rollbackTransaction());
        done(rebuild(connection, REBUILD, Mono.empty()));
    }

    @Test
    void transactionThatBeginsMeanwhile_isNotTakenForARebuild() {
        TestDatabase database = tables();
        Connection connection = connect(database);

        var begin = Mono.from(connection.beginTransaction()).toFuture();
        Throwable error = Await.error(rebuild(connection, ORPHAN, Mono.empty()));
        begin.join();

        assertThat(error)
                .isInstanceOfSatisfying(
                        R2dbcException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("25001"));
        assertThat(connection.isAutoCommit()).isFalse();
        done(connection.rollbackTransaction());
    }

    @Test
    void readOnlyDatabase_isRefused() {
        tables().close();
        TestDatabase database = open("mode=RO");

        assertFails(
                rebuild(database.factory(), "SELECT 1", Mono.empty()), R2dbcPermissionDeniedException.class, "25006");
    }

    @Test
    void closedConnection_isRefused() {
        Connection connection = connect(tables());
        done(connection.close());

        assertFails(rebuild(connection, "SELECT 1", Mono.empty()), R2dbcNonTransientResourceException.class, "08003");
    }

    @Test
    void withoutForeignKeys_nothingIsChecked_andTheyStayOff() {
        TestDatabase database = tables("foreignKeys=false");

        done(rebuild(database.factory(), ORPHAN, Mono.empty()));

        assertThat(database.run("INSERT INTO book VALUES (10, 10)")).isEqualTo(1);
    }

    @Test
    void ordinaryTransactions_seeForeignKeysRightAfter() {
        TestDatabase database = tables();
        Connection connection = connect(database);
        for (int i = 0; i < 20; i++) {
            done(rebuild(connection, REBUILD, Mono.empty()));
            done(connection.beginTransaction());
            assertFails(connection, ORPHAN, SqliteDataIntegrityException.class, "23503");
            done(connection.rollbackTransaction());
        }
        assertThat(database.read(Long.class, "SELECT count(*) FROM book")).isEqualTo(List.of(2L));
    }
}
