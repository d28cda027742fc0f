package rillite.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What it costs to watch every statement: point reads, which are the cheapest statements, by process CPU time. */
final class InsightReads implements Workload {

    private static final String PER_CPU = "reads per CPU s";

    private final PointReads reads = new PointReads();

    @Override
    public String name() {
        return "insights";
    }

    @Override
    public String title() {
        return "point reads of QuerySets with insights on, and off: what they cost in CPU time of the process";
    }

    @Override
    public String unit() {
        return PER_CPU;
    }

    @Override
    public String heap() {
        return reads.heap();
    }

    @Override
    public Settings settings() {
        return reads.settings();
    }

    @Override
    public List<String> rivals() {
        return List.of("queryset-insights", "queryset");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.ratio(PER_CPU, "queryset-insights", "queryset", 0.97, 1));
    }

    @Override
    public void prepare(Stage stage) {
        reads.prepare(stage);
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        Store.Load load = new Store.Load(Scale.SUBSCRIBERS, scale.slice().toNanos(), scale.lookupRows());
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (Store store = rival.open(stage.items(), settings())) {
            long before = system.getProcessCpuTime();
            Tally tally = store.pointReads(load);
            double seconds = (system.getProcessCpuTime() - before) / 1e9;
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put(PER_CPU, tally.operations() / seconds);
            metrics.put(reads.unit(), tally.perSecond());
            return new Sample(metrics);
        }
    }
}
