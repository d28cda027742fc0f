package rillite.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one caller alone pays for leaving its thread and coming back. */
final class SequentialReads implements Workload {

    private static final String P50 = "p50 us";
    private static final String P99 = "p99 us";

    @Override
    public String name() {
        return "sequential-reads";
    }

    @Override
    public String title() {
        return "point reads of one sequential subscriber, time of one read: the cost of the hop";
    }

    @Override
    public String unit() {
        return "us";
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public Settings settings() {
        return Settings.with("NORMAL");
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite", "rillite-each", "queryset", "hikari", "jooq", "jdbc");
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.difference(P50, "jdbc"),
                Target.difference(P50, "queryset", "rillite"),
                Target.difference(P99, "jdbc"),
                Target.difference(P50, "hikari"),
                Target.difference(P99, "hikari"));
    }

    @Override
    public void prepare(Stage stage) {
        Checks.createItems(stage.items(), stage.scale().lookupRows());
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        Histogram histogram = new Histogram(3);
        try (Store store = rival.open(stage.items(), settings())) {
            store.latencies(new Store.Load(1, scale.slice().toNanos(), scale.lookupRows()), histogram);
        }
        if (histogram.getTotalCount() == 0) {
            throw new IllegalStateException("No read was recorded. The run does not count.");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(P50, histogram.getValueAtPercentile(50) / 1e3);
        metrics.put(P99, histogram.getValueAtPercentile(99) / 1e3);
        metrics.put("p99.9 us", histogram.getValueAtPercentile(99.9) / 1e3);
        metrics.put("mean us", histogram.getMean() / 1e3);
        return new Sample(metrics);
    }
}
