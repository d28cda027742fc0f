package rillite.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import rillite.querysets.CompiledSql;
import rillite.querysets.QuerySet;

/** From a query to its statement and binds: {@code toSql()}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CompileBenchmark {

    /** Which query. */
    @Param
    public Shape shape = Shape.POINT;

    private final Books books = new Books(512);
    /** Forgets every text before it comes again. */
    private final Books forgetful = new Books(1);

    private final List<QuerySet<?>> known = new ArrayList<>();
    private final List<QuerySet<?>> forgotten = new ArrayList<>();
    private int next;

    /** Builds the queries. */
    @Setup
    public void build() {
        for (int i = 0; i < Shape.VARIANTS; i++) {
            known.add(shape.variant(books.database(), i));
            forgotten.add(shape.variant(forgetful.database(), i));
        }
    }

    /** The text is found in the cache, the values are read from the query. */
    @Benchmark
    public CompiledSql cached() {
        return known.get(++next & Shape.VARIANTS - 1).toSql();
    }

    /** The text is made. */
    @Benchmark
    public CompiledSql uncached() {
        return forgotten.get(++next & Shape.VARIANTS - 1).toSql();
    }

    /** The query is built from its keys, and its text found in the cache. */
    @Benchmark
    public CompiledSql builtAndCached() {
        return shape.build(books.database(), "id", ++next & 1023).toSql();
    }

    /** The query is built from its keys. */
    @Benchmark
    public QuerySet<?> built() {
        return shape.build(books.database(), "id", ++next & 1023);
    }

    /** Deletes the files. */
    @TearDown
    public void close() {
        books.close();
        forgetful.close();
    }
}
