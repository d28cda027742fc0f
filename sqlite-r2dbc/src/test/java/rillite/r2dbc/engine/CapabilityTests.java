package rillite.r2dbc.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.TransactionAwareConnectionFactoryProxy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.SqliteBackup;
import rillite.r2dbc.SqliteBulk;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteFeatures;
import rillite.r2dbc.SqliteRebuild;
import rillite.r2dbc.SqliteStatistics;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** What the driver offers beyond the SPI is found through whatever is wrapped around it. */
final class CapabilityTests extends EngineCase {
    private static final List<Class<?>> ALL = List.of(
            SqliteStatistics.class, SqliteFeatures.class, SqliteBulk.class, SqliteBackup.class, SqliteRebuild.class);

    private void assertEverything(ConnectionFactory factory) {
        Connection connection = Await.one(factory.create());
        exec(connection, "CREATE TABLE IF NOT EXISTS t (a)");
        for (Class<?> type : ALL) {
            assertThat(SqliteCapabilities.find(factory, type))
                    .as("%s of the factory", type)
                    .isNotNull();
            assertThat(SqliteCapabilities.find(connection, type))
                    .as("%s of the connection", type)
                    .isNotNull();
        }
        done(SqliteCapabilities.require(connection, SqliteBulk.class)
                .insert("INSERT INTO t VALUES (?)", Flux.range(0, 10).map(i -> new Object[] {i}))
                .result());
        done(SqliteCapabilities.require(factory, SqliteBulk.class)
                .insert("INSERT INTO t VALUES (?)", Flux.range(0, 10).map(i -> new Object[] {i}))
                .result());
        assertThat(read(connection, Long.class, "SELECT count(*) FROM t")).containsExactly(20L);
        assertThat(stats(factory).writes()).isPositive();
        done(connection.close());
    }

    @Test
    void direct_isFound() {
        assertEverything(open().factory());
    }

    @Test
    void pool_isFound() {
        ConnectionPool pool = new ConnectionPool(
                ConnectionPoolConfiguration.builder(open().factory()).maxSize(2).build());
        assertEverything(pool);
        done(pool.disposeLater());
    }

    @Test
    void proxy_isFound() {
        assertEverything(ProxyConnectionFactory.builder(open().factory()).build());
    }

    @Test
    void proxyOfPool_isFound() {
        ConnectionPool pool = new ConnectionPool(
                ConnectionPoolConfiguration.builder(open().factory()).maxSize(2).build());
        assertEverything(ProxyConnectionFactory.builder(pool).build());
        done(pool.disposeLater());
    }

    @Test
    void springsProxy_isFound() {
        assertEverything(new TransactionAwareConnectionFactoryProxy(open().factory()));
    }

    @Test
    void others_haveNone() {
        assertThat(SqliteCapabilities.find("text", SqliteBulk.class)).isNull();
        assertThatThrownBy(() -> SqliteCapabilities.require("text", SqliteBulk.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SqliteBulk");
    }

    @Test
    void jdbcUrl_reachesTheSameFile() throws Exception {
        TestDatabase database = open();
        SqliteFeatures features = SqliteCapabilities.require(database.factory(), SqliteFeatures.class);
        String before = features.jdbcUrl();
        database.run("CREATE TABLE t (a); INSERT INTO t VALUES (5)");
        String after = features.jdbcUrl();

        assertThat(after).isEqualTo("jdbc:sqlite:" + database.file().toRealPath());
        for (String url : List.of(before, after)) {
            try (var jdbc = java.sql.DriverManager.getConnection(url);
                    var rows = jdbc.createStatement().executeQuery("SELECT a FROM t")) {
                assertThat(rows.getInt(1)).isEqualTo(5);
            }
        }
        assertThat(SqliteCapabilities.require(factory("r2dbc:sqlite:mem:///"), SqliteFeatures.class)
                        .jdbcUrl())
                .isEmpty();
    }

    @Test
    void features_areTrueOfThisDriver() {
        SqliteFeatures features = SqliteCapabilities.require(open().factory(), SqliteFeatures.class);

        assertThat(List.of(
                        features.interactiveTransactions(),
                        features.savepoints(),
                        features.serverCursors(),
                        features.returning(),
                        features.concurrentStatements(),
                        features.pragmas()))
                .containsOnly(true);
        assertThat(features.replication()).isEqualTo("none");
    }

    @Test
    void statistics_beforeTheFirstConnection_sayThatItIsClosed() {
        SqliteStatistics statistics = SqliteCapabilities.require(open().factory(), SqliteStatistics.class);

        assertThatThrownBy(statistics::statistics)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not open");
        assertThat(statistics.walBytes()).isZero();
    }

    @Test
    void pooledConnection_isLeftClean_forTheNext() {
        TestDatabase database = open();
        database.run("CREATE TABLE t (a)");
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(database.factory())
                .maxSize(1)
                .initialSize(1)
                .build());
        for (int i = 0; i < 20; i++) {
            done(Mono.from(pool.create())
                    .flatMap(c -> Mono.from(c.setAutoCommit(false))
                            .thenMany(TestDatabase.counts(c, "INSERT INTO t VALUES (1)"))
                            .thenMany(Flux.from(c.setStatementTimeout(java.time.Duration.ofMillis(1))))
                            .then(Mono.from(c.close()))));
            Connection next = Await.one(pool.create());
            assertThat(next.isAutoCommit()).isTrue();
            assertThat(read(next, Long.class, "SELECT count(*) FROM t")).containsExactly(0L);
            done(next.close());
        }
        done(pool.disposeLater());
    }
}
