package rillite.benchmarks;

import java.util.List;
import reactor.core.publisher.Flux;

final class ImportRows implements Workload {

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String title() {
        return "import rows of 5 columns from a Flux in one transaction (jdbc, hikari, jooq: batches of "
                + JdbcStore.BATCH + ")";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public String heap() {
        return "256m";
    }

    @Override
    public Settings settings() {
        return Settings.with("NORMAL");
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite", "hikari", "jooq", "jdbc");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.ratio(unit(), "jdbc", 1.0, 1.3));
    }

    @Override
    public void prepare(Stage stage) {}

    @Override
    public Sample run(Rival rival, Stage stage) {
        int rows = stage.scale().rows();
        return stage.onNewFile(file -> {
            Checks.createItems(file, 0);
            long nanos;
            try (Store store = rival.open(file, settings())) {
                long start = System.nanoTime();
                long counted =
                        store.load(Flux.range(1, rows).map(id -> Item.of(id).values()));
                nanos = System.nanoTime() - start;
                Checks.equal("import count", rows, counted);
            }
            Checks.items(file, Sums.expected(rows));
            return Sample.of(unit(), rows * 1e9 / nanos);
        });
    }
}
