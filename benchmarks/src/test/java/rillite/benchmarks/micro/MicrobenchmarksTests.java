package rillite.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured runs and gives what it should. */
final class MicrobenchmarksTests {

    @Test
    void find_andGet_giveTheRow() {
        GetBenchmark benchmark = new GetBenchmark();
        try {
            assertThat(benchmark.find()).isNotNull();
            assertThat(benchmark.get()).isNotNull();
        } finally {
            benchmark.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void compiling_anyShape_givesAStatement(Shape shape) {
        CompileBenchmark benchmark = new CompileBenchmark();
        benchmark.shape = shape;
        try {
            benchmark.build();
            assertThat(List.of(benchmark.cached(), benchmark.uncached(), benchmark.builtAndCached()))
                    .allSatisfy(query ->
                            assertThat(query.sql()).startsWith("SELECT ").contains("FROM \"book\""));
        } finally {
            benchmark.close();
        }
    }
}
