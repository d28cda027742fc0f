package rillite.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Flux;

/**
 * Many readers at once beside writers, on 4 reading connections. First all reading connections are taken, so that every
 * reader waits: that is when heap is counted. Then they are given back, the writers start, and everyone has to end well.
 */
final class Crowd implements Workload {

    private static final int READERS = 4;
    private static final String THREADS = "threads beyond readers and writer";
    private static final String HEAP = "heap bytes per waiter";
    private static final String LOST = "lost";
    private static final long PATIENCE_SECONDS = 120;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public String title() {
        return "10,000 concurrent reads (short: 1,000) with 100 writers on " + READERS + " reading connections";
    }

    @Override
    public String unit() {
        return "operations/s";
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public Settings settings() {
        return new Settings("NORMAL", READERS);
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite", "hikari");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(THREADS, 8), Target.atMost(HEAP, 2_048), Target.atMost(LOST, 0));
    }

    @Override
    public void prepare(Stage stage) {}

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        return stage.onNewFile(file -> {
            Checks.createItems(file, scale.lookupRows());
            Checks.createEntries(file);
            int before = threads.getThreadCount();
            threads.resetPeakThreadCount();
            try (ReactiveStore store = (ReactiveStore) rival.open(file, settings())) {
                long heapBefore = Heap.used();
                List<Client> readers = store.clients(scale.waiters());
                double connection = (Heap.used() - heapBefore) / (double) scale.waiters();
                Map<String, Double> metrics = new LinkedHashMap<>();
                Wave wave = new Wave(scale, readers, store.clients(scale.writers()));
                wave.run(store, metrics);
                metrics.put("heap bytes per idle connection", connection);
                metrics.put(THREADS, (double) threads.getPeakThreadCount() - before - READERS - 1);
                Checks.entries(file, wave.written());
                return new Sample(metrics);
            }
        });
    }

    /** One crowd: everybody subscribed once. */
    private static final class Wave {

        private final Scale scale;
        private final List<Client> readers;
        private final List<Client> writers;
        private final CountDownLatch open;
        private final Histogram waits = new ConcurrentHistogram(3);
        private final List<Waiter> waiting = new ArrayList<>();

        Wave(Scale scale, List<Client> readers, List<Client> writers) {
            this.scale = scale;
            this.readers = readers;
            this.writers = writers;
            this.open = new CountDownLatch(readers.size() + writers.size());
        }

        void run(ReactiveStore store, Map<String, Double> metrics) {
            Runnable release = store.occupyReaders();
            long heapBefore = Heap.used();
            for (int i = 0; i < readers.size(); i++) {
                long id = Item.keyFor(i, 0, scale.lookupRows());
                Waiter waiter = new Waiter(open, Item.amountOf(id));
                waiting.add(waiter);
                readers.get(i).read(id).subscribe(waiter);
            }
            double perWaiter = (Heap.used() - heapBefore) / (double) readers.size();
            long waitingThen =
                    waiting.stream().filter(waiter -> !waiter.answered()).count();
            long start = System.nanoTime();
            waiting.forEach(waiter -> waiter.startedAt(start, waits));
            release.run();
            for (int i = 0; i < writers.size(); i++) {
                Client client = writers.get(i);
                long who = i;
                Waiter waiter = new Waiter(open, scale.writesEach());
                waiting.add(waiter);
                Flux.range(0, scale.writesEach())
                        .concatMap(row -> client.insert(who))
                        .reduce(0L, Long::sum)
                        .subscribe(waiter);
            }
            boolean all = Unchecked.call(() -> open.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            long nanos = System.nanoTime() - start;
            long lost = waiting.stream().filter(waiter -> !waiter.answered()).count();
            waiting.stream()
                    .map(Waiter::failure)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .ifPresent(text -> {
                        throw new IllegalStateException("A member of the crowd failed: " + text);
                    });
            double operations = readers.size() + (double) writers.size() * scale.writesEach();
            metrics.put("operations/s", all ? operations * 1e9 / nanos : 0);
            metrics.put(LOST, (double) lost);
            metrics.put(HEAP, waitingThen == readers.size() ? perWaiter : Double.NaN);
            metrics.put("waiting when heap was counted", (double) waitingThen);
            metrics.put("read p50 ms", waits.getValueAtPercentile(50) / 1e6);
            metrics.put("read p99 ms", waits.getValueAtPercentile(99) / 1e6);
        }

        Tally written() {
            long rows = (long) writers.size() * scale.writesEach();
            long sum = (long) writers.size() * (writers.size() - 1) / 2 * scale.writesEach();
            return new Tally(rows, sum, 1);
        }
    }
}
