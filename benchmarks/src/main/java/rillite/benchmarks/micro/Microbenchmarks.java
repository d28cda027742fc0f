package rillite.benchmarks.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks of this package and prints microseconds per operation beside their bounds.
 *
 * <p>System properties: {@code jmh.mode} full or short, {@code jmh.include} a regular expression for their names, {@code
 * jmh.prof} a JMH profiler. Exit code 0 when everything ran, bounds kept or not.
 */
public final class Microbenchmarks {

    private Microbenchmarks() {}

    public static void main(String[] args) throws RunnerException {
        boolean brief = property("jmh.mode", "full").equals("short");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(property("jmh.include", Microbenchmarks.class.getPackageName()))
                .jvmArgsAppend("-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED", "-Xmx1g")
                .forks(brief ? 1 : 3)
                .warmupIterations(brief ? 1 : 4)
                .warmupTime(brief ? TimeValue.milliseconds(200) : TimeValue.seconds(1))
                .measurementIterations(brief ? 1 : 5)
                .measurementTime(brief ? TimeValue.milliseconds(200) : TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(brief ? VerboseMode.SILENT : VerboseMode.NORMAL);
        String profiler = property("jmh.prof", "");
        if (!profiler.isEmpty()) {
            options.addProfiler(profiler);
        }
        print(new Runner(options.build()).run(), brief);
    }

    private static String property(String name, String otherwise) {
        String value = System.getProperty(name, "").trim();
        return value.isEmpty() || value.equals("all") ? otherwise : value;
    }

    private static void print(Collection<RunResult> results, boolean brief) {
        List<String> lines = new ArrayList<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String method = name.substring(name.lastIndexOf('.') + 1);
            String shape = result.getParams().getParam("shape");
            double micros = result.getPrimaryResult().getScore();
            double error = result.getPrimaryResult().getScoreError();
            Bound bound = Bound.of(method);
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-16s %-8s %8.2f %8s %8s  %s",
                    method,
                    shape == null ? "" : shape.toLowerCase(Locale.ROOT),
                    micros,
                    Double.isNaN(error) ? "" : String.format(Locale.ROOT, "%.2f", error),
                    bound == null ? "" : bound.text(),
                    bound == null ? "" : micros < bound.micros() ? "kept" : "MISSED"));
        }
        System.out.println("\nMicroseconds per operation" + (brief ? "; the short mode says nothing about speed" : ""));
        System.out.println(String.format("  %-16s %-8s %8s %8s %8s", "step", "query", "us/op", "+-", "bound"));
        lines.forEach(System.out::println);
    }
}
