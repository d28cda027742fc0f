package rillite.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to watch every statement, shown by point reads, of which there are no cheaper statements. Reads with and
 * without insights take turns many times in each round, and CPU time of the process is compared: so other programs disturb
 * both alike.
 */
final class InsightReads implements Workload {

    private static final String COST = "percent of CPU";
    private static final Duration TURN = Duration.ofMillis(50);

    private final PointReads reads = new PointReads();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Override
    public String name() {
        return "insights";
    }

    @Override
    public String title() {
        return "point reads of QuerySets with insights on and off in turns of 50 ms: what they add to the CPU time";
    }

    @Override
    public String unit() {
        return COST;
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
        return List.of("queryset-insights");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(COST, "queryset-insights", 3));
    }

    @Override
    public void prepare(Stage stage) {
        reads.prepare(stage);
    }

    /** What one side has done so far. */
    private static final class Side {
        private long reads;
        private long nanos;

        private double microsEach() {
            return nanos / 1e3 / reads;
        }
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        Side with = new Side();
        Side without = new Side();
        try (Store watched = rival.open(stage.items(), settings());
                Store plain = Rival.named("queryset").open(stage.items(), settings())) {
            for (long turns = scale.slice().dividedBy(TURN); turns > 0; turns--) {
                turn(turns % 2 == 0 ? plain : watched, turns % 2 == 0 ? without : with, scale);
                turn(turns % 2 == 0 ? watched : plain, turns % 2 == 0 ? with : without, scale);
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(COST, (with.microsEach() / without.microsEach() - 1) * 100);
        metrics.put("CPU us with", with.microsEach());
        metrics.put("CPU us without", without.microsEach());
        return new Sample(metrics);
    }

    private void turn(Store store, Side side, Scale scale) {
        long before = system.getProcessCpuTime();
        side.reads += store.pointReads(new Store.Load(Scale.SUBSCRIBERS, TURN.toNanos(), scale.lookupRows()))
                .operations();
        side.nanos += system.getProcessCpuTime() - before;
    }
}
