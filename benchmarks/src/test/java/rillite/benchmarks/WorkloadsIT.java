package rillite.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

final class WorkloadsIT {

    private static final Scale TINY = new Scale("tiny", 1, 0, Duration.ofMillis(20), 2_500, 50, 100, 5, 3);

    @TempDir
    private Path folder;

    static Stream<Arguments> pairs() {
        return Workload.all().stream()
                .flatMap(workload -> workload.rivals().stream()
                        .filter(List.of(
                                "jdbc",
                                "hikari",
                                "jooq",
                                "auth",
                                "auth-spring",
                                "rillite-session",
                                "spring-session-jdbc")::contains)
                        .map(rival -> Arguments.of(workload.name(), rival)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void run_everyWorkloadAndRival_isCheckedAndMeasured(String workloadName, String rival) {
        Workload workload = Workload.named(workloadName);
        Stage stage = new Stage(folder, TINY);
        workload.prepare(stage);

        Sample sample = workload.run(Rival.named(rival), stage);

        assertThat(sample.metrics()).isNotEmpty();
        assertThat(sample.metrics().values().iterator().next()).isPositive();
    }

    @Test
    void run_crowdOnHikari_losesNobody() {
        Sample sample = new Crowd().run(new HikariRival(), new Stage(folder, TINY));

        assertThat(sample.metrics()).containsEntry("lost", 0.0);
    }

    @Test
    void run_schemaOpen_findsEverything() {
        Stage stage = new Stage(folder, TINY);
        Workload open = new SchemaOpen();
        open.prepare(stage);

        assertThat(open.run(new RilliteRival(false), stage).metrics()).containsKey("ms");
    }

    @Test
    void run_rivalThatLeavesWorkOut_doesNotCount() {
        Stage stage = new Stage(folder, TINY);
        Workload stream = new StreamRows();
        stream.prepare(stage);

        for (Workload workload : List.of(new Inserts("NORMAL"), stream, new ImportRows())) {
            assertThatThrownBy(() -> workload.run(new IdleRival(), stage))
                    .as(workload.name())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not count");
        }
    }

    /** Claims what was asked and does nothing. */
    private static final class IdleRival implements Rival {

        @Override
        public String name() {
            return "idle";
        }

        @Override
        public String description() {
            return "claims only";
        }

        @Override
        public Store open(Path file, Settings settings) {
            return new IdleStore();
        }
    }

    private static final class IdleStore implements Store {

        @Override
        public Tally pointReads(Load load) {
            return new Tally(1_000_000, 1, 1);
        }

        @Override
        public Tally inserts(Load load) {
            return new Tally(1_000_000, 1, 1);
        }

        @Override
        public Sums scan() {
            return new Sums();
        }

        @Override
        public long load(Flux<Object[]> rows) {
            return TINY.rows();
        }

        @Override
        public void latencies(Load load, Histogram histogram) {}

        @Override
        public void close() {}
    }
}
