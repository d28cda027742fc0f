package rillite.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What those who read notice of far more sign-ins than the machine can hash passwords for. The readers pause between reads: a
 * machine whose processors the reads fill alone has nothing left for anybody. Calm and storm take turns in each round. The
 * JVM is told what the guide asks for: to heed the priority of threads, of which hashing has the lowest, and to keep a young
 * generation that the garbage of hashing does not fill at once.
 */
final class AuthStorm implements Workload {

    private static final String TIMES = "times the p99";
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int TURNS = 2;
    private static final int PEOPLE = 8;

    @Override
    public String name() {
        return "auth-storm";
    }

    @Override
    public String title() {
        return "point reads of " + Scale.SUBSCRIBERS + " subscribers who pause " + PAUSE.toMillis() + " ms, while "
                + LoginStorm.CALLERS + " callers sign in without end, and without them";
    }

    @Override
    public String unit() {
        return TIMES;
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public List<String> flags() {
        return List.of("-XX:ThreadPriorityPolicy=1", "-Xms1g", "-Xmn700m");
    }

    @Override
    public Settings settings() {
        return Settings.with("FULL");
    }

    @Override
    public List<String> rivals() {
        return List.of("auth");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(TIMES, "auth", 2));
    }

    @Override
    public void prepare(Stage stage) {
        Checks.createItems(stage.items(), stage.scale().lookupRows());
        AuthFile.create(stage.items(), PEOPLE);
        try (SessionStore store = open(stage)) {
            LoginStorm.prepare(store.auth(), PEOPLE);
        }
    }

    private SessionStore open(Stage stage) {
        return new SessionStore(settings().url(stage.items()), settings(), 10_000);
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        Duration turn = scale.slice();
        Store.Load load = new Store.Load(Scale.SUBSCRIBERS, turn.toNanos(), scale.lookupRows(), PAUSE);
        Histogram calm = new ConcurrentHistogram(3);
        Histogram stormy = new ConcurrentHistogram(3);
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (SessionStore store = open(stage)) {
            LoginStorm storm = new LoginStorm(store.auth(), PEOPLE);
            for (int i = 0; i < TURNS; i++) {
                store.driver().latencies(load, calm);
                storm.during(() -> store.driver().latencies(load, stormy));
            }
            double seconds = TURNS * turn.toNanos() / 1e9;
            metrics.put(TIMES, (double) stormy.getValueAtPercentile(99) / calm.getValueAtPercentile(99));
            describe(metrics, "calm", calm, seconds);
            describe(metrics, "storm", stormy, seconds);
            metrics.put("hashed/s", storm.hashed() / seconds);
            metrics.put("refused/s", storm.refused() / seconds);
        }
        return new Sample(metrics);
    }

    private static void describe(Map<String, Double> metrics, String what, Histogram times, double seconds) {
        metrics.put(what + " p50 us", times.getValueAtPercentile(50) / 1e3);
        metrics.put(what + " p99 us", times.getValueAtPercentile(99) / 1e3);
        metrics.put(what + " reads/s", times.getTotalCount() / seconds);
    }
}
