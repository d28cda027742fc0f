package rillite.benchmarks;

import java.util.List;

final class StreamRows implements Workload {

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public String title() {
        return "stream all rows of 5 columns (2 text) into records, one subscriber";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public String heap() {
        return "64m";
    }

    @Override
    public Settings settings() {
        return Settings.with("NORMAL");
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite", "queryset", "queryset-rows", "hikari", "jooq", "jdbc");
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.ratio(unit(), "jdbc", 1.4, 1.7),
                Target.ratio(unit(), "queryset", "rillite", 0.8, 1),
                Target.ratio(unit(), "queryset", "jooq", 1, 1.5));
    }

    @Override
    public void prepare(Stage stage) {
        Checks.createItems(stage.items(), stage.scale().rows());
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        int rows = stage.scale().rows();
        try (Store store = rival.open(stage.items(), settings())) {
            long start = System.nanoTime();
            Sums sums = store.scan();
            double perSecond = rows * 1e9 / (System.nanoTime() - start);
            Checks.same("streamed rows", Sums.expected(rows).toString(), sums.toString());
            return Sample.of(unit(), perSecond);
        }
    }
}
