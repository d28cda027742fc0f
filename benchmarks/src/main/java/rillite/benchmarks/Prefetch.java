package rillite.benchmarks;

import java.util.List;
import java.util.function.Supplier;

/**
 * All rows of a table with the rows related to them, ours in one statement for each level.
 *
 * @param levels 2 for authors and books, 3 for publishers above them
 */
record Prefetch(int levels) implements Workload {

    @Override
    public String name() {
        return levels == 2 ? "prefetch" : "prefetch-three";
    }

    @Override
    public String title() {
        return levels == 2
                ? "all 1,000 authors with 50 books each (short: 20 with 50), all in memory"
                : "all 100 publishers with 1,000 authors with 50 books each (short: 2, 20), all in memory";
    }

    @Override
    public String unit() {
        return "rows/s";
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
        return List.of("queryset", "queryset-rows", "jdbc", "jooq", "ebean", "ebean-query");
    }

    @Override
    public List<Target> targets() {
        // 1.3 times the time is 0.77 times the rows.
        return List.of(
                Target.ratio(unit(), "queryset", "jdbc", 1 / 1.3, 1),
                Target.ratio(unit(), "queryset-rows", "jdbc", 1 / 1.3, 1),
                Target.ratio(unit(), "queryset", "jooq", 1, 1),
                Target.ratio(unit(), "queryset", "ebean", 1, 1),
                Target.ratio(unit(), "queryset", "ebean-query", 1, 1));
    }

    @Override
    public void prepare(Stage stage) {
        Families.of(stage.scale()).create(stage.items());
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Families families = Families.of(stage.scale());
        FamilySum expected = levels == 2 ? families.ofAuthors() : families.ofPublishers();
        try (Store store = rival.open(stage.items(), settings())) {
            FamilyReader reader = store.families();
            Supplier<FamilySum> load = levels == 2 ? reader::authors : reader::publishers;
            return measured(load, expected, stage.scale().slice().toNanos());
        }
    }

    /** Rows per second, over as many loads as fit into the slice of time. */
    private Sample measured(Supplier<FamilySum> load, FamilySum expected, long slice) {
        long start = System.nanoTime();
        long loads = 0;
        do {
            Checks.same("related rows", expected.toString(), load.get().toString());
            loads++;
        } while (System.nanoTime() - start < slice);
        return Sample.of(unit(), loads * expected.rows() * 1e9 / (System.nanoTime() - start));
    }
}
