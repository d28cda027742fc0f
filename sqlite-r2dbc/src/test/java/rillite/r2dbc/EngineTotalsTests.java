package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

@ExtendWith(LeakFree.class)
final class EngineTotalsTests {
    @TempDir
    Path directory;

    @Test
    void statements_preparedOnce_areHitsAfterwards() {
        try (TestDatabase database = TestDatabase.in(directory, "readerThreads=1", "maxReaderConnections=2")) {
            Connection connection = database.connect();
            SqliteStatistics statistics = SqliteCapabilities.require(connection, SqliteStatistics.class);
            Await.all(TestDatabase.column(connection, Long.class, "SELECT 1"));
            SqliteTotals before = statistics.totals();
            for (int i = 0; i < 10; i++) {
                Await.all(TestDatabase.column(connection, Long.class, "SELECT 1"));
            }
            SqliteTotals known = statistics.totals();
            Await.all(TestDatabase.column(connection, Long.class, "SELECT 2"));
            Await.done(connection.close());

            assertThat(known.statementHits() - before.statementHits()).isGreaterThanOrEqualTo(9);
            assertThat(statistics.totals().statementMisses()).isGreaterThan(known.statementMisses());
        }
    }

    @Test
    void checkpoints_afterManyCommits_areCounted() {
        try (TestDatabase database = TestDatabase.in(directory, "synchronous=OFF")) {
            Connection connection = database.connect();
            SqliteStatistics statistics = SqliteCapabilities.require(database.factory(), SqliteStatistics.class);
            assertThat(statistics.totals().checkpoints()).isZero();
            assertThat(statistics.totals().checkpointTime()).isZero();
            assertThat(statistics.totals().checkpointAge()).isZero();
            Await.all(TestDatabase.counts(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY)"));
            Await.done(TestDatabase.counts(connection, "INSERT INTO t DEFAULT VALUES")
                    .repeat(500));
            Await.done(connection.close());

            SqliteTotals totals = statistics.totals();
            assertThat(totals.checkpoints()).isPositive();
            assertThat(totals.checkpointTime()).isPositive();
            assertThat(totals.checkpointAge()).isPositive().isLessThan(Duration.ofMinutes(1));
            assertThat(totals.checkpointBusy()).isFalse();
        }
    }

    @Test
    void totals_notOpen_saysSo() {
        try (TestDatabase database = TestDatabase.in(directory)) {
            assertThatThrownBy(() -> SqliteCapabilities.require(database.factory(), SqliteStatistics.class)
                            .totals())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not open");
        }
    }
}
