package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

final class ResultTests extends Contract {
    @BeforeEach
    void rows() {
        exec("INSERT INTO t VALUES (1), (2), (3)");
    }

    @Test
    void result_consumedTwice_isIllegalState() {
        Result result = result("SELECT a FROM t");
        Await.all(result.map(row -> row.get(0)));

        assertThatThrownBy(() -> Await.all(result.map(row -> row.get(0)))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Await.all(result.getRowsUpdated())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rowsUpdated_ofSelectAndDdl_isEmpty_ofDmlIsTheCount() {
        assertThat(exec("SELECT a FROM t")).isEmpty();
        assertThat(exec("CREATE TABLE x (a)")).isEmpty();
        assertThat(exec("UPDATE t SET a = 0 WHERE a > 7")).containsExactly(0L);
        assertThat(exec("UPDATE t SET a = 0 WHERE a > 1")).containsExactly(2L);
    }

    @Test
    void map_mapperThrows_errorsOnceAndTheSessionLives() {
        var rows = TestDatabase.rows(
                connection,
                row -> {
                    throw new IllegalStateException("mapper");
                },
                "SELECT a FROM t");

        StepVerifier.create(rows).verifyErrorMessage("mapper");
        assertThat(read(Integer.class, "SELECT count(*) FROM t")).containsExactly(3);
    }

    @Test
    void map_mapperReturnsNull_isAnError() {
        assertThat(Await.error(Flux.<Result>from(
                                connection.createStatement("SELECT NULL").execute())
                        .concatMap(result -> result.map((row, metadata) -> row.get(0)))))
                .isNotNull();
        assertThat(read(Integer.class, "SELECT 1")).containsExactly(1);
    }

    @Test
    void filter_rows_affectsMap() {
        Result odd = result("SELECT a FROM t ORDER BY a")
                .filter(segment -> segment instanceof Result.RowSegment row
                        && odd(row.row().get(0, Integer.class)));

        assertThat(Await.all(odd.map(row -> row.get(0, Integer.class)))).containsExactly(1, 3);
    }

    @Test
    void filter_counts_affectsRowsUpdated() {
        Result filtered = result("DELETE FROM t").filter(segment -> !(segment instanceof Result.UpdateCount));

        assertThat(Await.all(filtered.getRowsUpdated())).isEmpty();
        assertThat(committed()).isEmpty();
    }

    @Test
    void filterAndFlatMap_null_areRefused() {
        Result result = result("SELECT 1");

        assertThatThrownBy(() -> result.filter(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> result.flatMap(null)).isInstanceOf(IllegalArgumentException.class);
        Await.all(result.map(row -> row.get(0)));
    }

    @Test
    void flatMap_slowFirstSegment_keepsOrder() {
        var values = result("SELECT a FROM t ORDER BY a").flatMap(segment -> {
            Integer a = ((Result.RowSegment) segment).row().get(0, Integer.class);
            return Mono.just(a).delayElement(Duration.ofMillis(a == 1 ? 60 : 1));
        });

        assertThat(Await.all(values)).containsExactly(1, 2, 3);
    }

    @Test
    void flatMap_oneAtATime_segmentValidUntilItsPublisherEnds() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        var values = result("SELECT a FROM t ORDER BY a").flatMap(segment -> {
            var row = ((Result.RowSegment) segment).row();
            return Mono.delay(Duration.ofMillis(5))
                    .doOnSubscribe(s -> most.accumulateAndGet(running.incrementAndGet(), Math::max))
                    .map(tick -> row.get(0, Integer.class))
                    .doOnTerminate(running::decrementAndGet);
        });

        assertThat(Await.all(values)).containsExactly(1, 2, 3);
        assertThat(most).hasValue(1);
    }

    @Test
    void error_inMidResult_isOnErrorForMap_andMessageForFlatMap() {
        String sql = "SELECT json(column1) FROM (VALUES ('1'), ('2'), ('{broken'), ('4'))";

        StepVerifier.create(TestDatabase.column(connection, String.class, sql))
                .thenConsumeWhile(List.of("1", "2")::contains)
                .verifyError(R2dbcException.class);
        var segments = result(sql)
                .flatMap(segment -> Mono.just(
                        segment instanceof Result.Message message
                                ? message.exception().getSqlState()
                                : "row"));
        assertThat(Await.all(segments)).endsWith("22032").containsOnlyOnce("22032");
    }

    @Test
    void dml_resultDropped_hasRun() {
        Await.done(connection.createStatement("DELETE FROM t WHERE a = 1").execute());

        assertThat(committed()).containsExactly(2, 3);
    }

    @Test
    void select_resultDropped_blocksNothing() {
        done(connection.beginTransaction());
        Await.done(connection.createStatement("SELECT a FROM t").execute());
        exec("DELETE FROM t");
        done(connection.commitTransaction());

        assertThat(committed()).isEmpty();
    }

    @Test
    void execute_untilSubscribed_doesNothing_andRunsPerSubscription() {
        var insert = Flux.<Result>from(
                        connection.createStatement("INSERT INTO t VALUES (9)").execute())
                .concatMap(Result::getRowsUpdated);
        assertThat(committed()).containsExactly(1, 2, 3);

        Await.done(insert);
        Await.done(insert);

        assertThat(committed()).containsExactly(1, 2, 3, 9, 9);
    }

    @Test
    void take_someRows_releasesTheCursor() {
        var first = TestDatabase.column(
                        connection,
                        Integer.class,
                        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n")
                .take(5);

        assertThat(Await.all(first)).containsExactly(1, 2, 3, 4, 5);
        assertThat(exec("DELETE FROM t")).containsExactly(3L);
    }

    @Test
    void requestOne_fromOnNext_doesNotRecurse() {
        int rows = 50_000;
        Sinks.One<Integer> seen = Sinks.one();
        TestDatabase.column(
                        connection,
                        Integer.class,
                        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT x FROM n",
                        rows)
                .subscribe(new OneByOne(seen));

        assertThat(Await.<Integer>one(seen.asMono())).isEqualTo(rows);
    }

    @Test
    void get_unknownNameOrIndex_says() {
        var byName = TestDatabase.rows(connection, row -> row.get("nmae"), "SELECT 'x' AS name");
        var byIndex = TestDatabase.rows(connection, row -> row.get(1), "SELECT 'x' AS name");

        assertThat(Await.error(byName))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("name");
        assertThat(Await.error(byIndex)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void metadata_keepsOrderAndDuplicates() {
        var names = Flux.<Result>from(connection
                        .createStatement("SELECT 2 AS b, 1 AS a, 3 AS B")
                        .execute())
                .concatMap(result -> result.map((row, metadata) -> metadata.getColumnMetadatas().stream()
                        .map(column -> column.getName() + row.get("b", Integer.class))
                        .toList()));

        assertThat(Await.<List<String>>one(names)).containsExactly("b2", "a2", "B2");
    }

    private Result result(String sql) {
        return Await.<Result>one(connection.createStatement(sql).execute());
    }

    private static boolean odd(Integer value) {
        return value % 2 == 1;
    }

    private static final class OneByOne extends BaseSubscriber<Integer> {
        private final Sinks.One<Integer> seen;
        private int count;

        OneByOne(Sinks.One<Integer> seen) {
            this.seen = seen;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(Integer value) {
            count++;
            request(1);
        }

        @Override
        protected void hookOnComplete() {
            seen.tryEmitValue(count);
        }

        @Override
        protected void hookOnError(Throwable error) {
            seen.tryEmitError(error);
        }
    }
}
