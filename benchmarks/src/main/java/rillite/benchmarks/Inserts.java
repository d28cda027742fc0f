package rillite.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * @param synchronous NORMAL or FULL
 */
record Inserts(String synchronous) implements Workload {

    @Override
    public String name() {
        return "inserts-" + synchronous.toLowerCase(Locale.ROOT);
    }

    @Override
    public String title() {
        return "single-row autocommit inserts, " + Scale.SUBSCRIBERS
                + " concurrent subscribers (jdbc: one thread), synchronous " + synchronous;
    }

    @Override
    public String unit() {
        return "inserts/s";
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public Settings settings() {
        return Settings.with(synchronous);
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite", "rillite-each", "hikari", "jooq", "jdbc");
    }

    @Override
    public List<Target> targets() {
        return synchronous.equals("FULL")
                ? List.of(Target.ratio(unit(), "hikari", 12, 20))
                : List.of(Target.ratio(unit(), "hikari", 6, 10));
    }

    @Override
    public void prepare(Stage stage) {}

    @Override
    public Sample run(Rival rival, Stage stage) {
        Store.Load load =
                new Store.Load(Scale.SUBSCRIBERS, stage.scale().slice().toNanos(), 0);
        return stage.onNewFile(file -> {
            Checks.createEntries(file);
            Tally tally;
            try (Store store = rival.open(file, settings())) {
                tally = store.inserts(load);
            }
            Checks.entries(file, tally);
            return Sample.of(unit(), tally.perSecond());
        });
    }
}
