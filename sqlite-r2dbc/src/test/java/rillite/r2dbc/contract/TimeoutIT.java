package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** A statement past its deadline really stops, and what is left is what the error says. */
final class TimeoutIT extends Contract {
    private static final String ENDLESS =
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @Test
    void endlessSelect_stopsAtTheDeadline() {
        done(connection.setStatementTimeout(TIMEOUT));
        long start = System.nanoTime();

        assertFails(TestDatabase.column(connection, Long.class, ENDLESS), R2dbcTimeoutException.class, "57014");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(read(Integer.class, "SELECT 1")).containsExactly(1);
    }

    @Test
    void endlessAutocommitWrite_isRolledBack() {
        done(connection.setStatementTimeout(TIMEOUT));

        assertFails(
                TestDatabase.counts(connection, "INSERT INTO t " + ENDLESS.replace("count(*)", "x")),
                R2dbcTimeoutException.class,
                "57014");

        assertThat(committed()).isEmpty();
        assertThat(exec("INSERT INTO t VALUES (1)")).containsExactly(1L);
    }

    @Test
    void endlessWrite_inTransaction_killsTheTransaction() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.setStatementTimeout(TIMEOUT));

        assertFails(
                TestDatabase.counts(connection, "INSERT INTO t " + ENDLESS.replace("count(*)", "x")),
                R2dbcRollbackException.class,
                "40000");

        done(connection.rollbackTransaction());
        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).isEmpty();
        done(connection.setStatementTimeout(Duration.ZERO));
        assertThat(exec("INSERT INTO t VALUES (2)")).containsExactly(1L);
    }

    @Test
    void endlessSelect_inTransaction_leavesItUsable() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.setStatementTimeout(TIMEOUT));

        assertFails(TestDatabase.column(connection, Long.class, ENDLESS), R2dbcTimeoutException.class, "57014");

        done(connection.commitTransaction());
        assertThat(committed()).containsExactly(1);
    }

    @Test
    void endlessWrite_amongOthers_costsOnlyItself() {
        Connection slow = database.connect();
        done(slow.setStatementTimeout(TIMEOUT));
        Mono<String> guilty = TestDatabase.counts(slow, "INSERT INTO t " + ENDLESS.replace("count(*)", "x"))
                .then(Mono.just("done"))
                .onErrorResume(R2dbcTimeoutException.class, error -> Mono.just("timeout"));
        Flux<Long> others = Flux.range(1, 50)
                .flatMap(i -> database.using(c -> TestDatabase.counts(c, "INSERT INTO t VALUES (?)", i)), 50);

        List<Object> outcome = Await.all(Flux.merge(others.cast(Object.class), guilty.cast(Object.class)));

        assertThat(outcome).contains("timeout").hasSize(51);
        assertThat(committed())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
        done(slow.close());
    }

    @Test
    void slowConsumer_afterTheFirstRow_isNotTimedOut() {
        done(connection.setStatementTimeout(TIMEOUT));
        var rows = TestDatabase.column(
                        connection,
                        Integer.class,
                        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000) SELECT x FROM"
                                + " n")
                .concatMap(x -> x % 1000 == 0 ? Mono.just(x).delayElement(TIMEOUT.dividedBy(2)) : Mono.just(x), 1);

        assertThat(Await.all(rows)).hasSize(3000);
    }

    @Test
    void zero_isNoTimeout() {
        done(connection.setStatementTimeout(Duration.ZERO));

        assertThat(read(Long.class, ENDLESS.replace("FROM n)", "FROM n WHERE x < 2000000)")))
                .containsExactly(2_000_000L);
    }
}
