package rillite.benchmarks.micro;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.Row;

/** All that happens around one row, but for the driver: it answers at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GetBenchmark {

    private final Books books = new Books(512);
    private final Database database = books.over(
            new NoDatabase(1L, "Tides", "978-0", 320L, 18.5, "pt", 7L, 0.4, 4.5, 1L, 1L, null),
            DatabaseOptions.defaults().schemaCheck(Duration.ZERO));
    private long next;

    /** From the name of a table to a row, by key. */
    @Benchmark
    public @Nullable Row find() {
        return database.objects("book").find(++next & 1023).block();
    }

    /** The same by a key and value pair, with a look for a second row. */
    @Benchmark
    public @Nullable Row get() {
        return database.objects("book").get("id", ++next & 1023).block();
    }

    /** Deletes the file. */
    @TearDown
    public void close() {
        books.close();
    }
}
