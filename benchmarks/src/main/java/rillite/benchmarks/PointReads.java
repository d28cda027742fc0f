package rillite.benchmarks;

import java.util.List;

final class PointReads implements Workload {

    @Override
    public String name() {
        return "point-reads";
    }

    @Override
    public String title() {
        return "point reads by primary key, " + Scale.SUBSCRIBERS + " concurrent subscribers (jdbc: one thread)";
    }

    @Override
    public String unit() {
        return "reads/s";
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
        return List.of("rillite", "rillite-each", "queryset", "queryset-rows", "hikari", "jooq", "jdbc");
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.ratio(unit(), "hikari", 1.5, 2),
                Target.ratio(unit(), "queryset", "rillite", 0.8, 1),
                Target.ratio(unit(), "queryset", "rillite-each", 0.8, 1));
    }

    @Override
    public void prepare(Stage stage) {
        Checks.createItems(stage.items(), stage.scale().lookupRows());
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        Store.Load load = new Store.Load(Scale.SUBSCRIBERS, scale.slice().toNanos(), scale.lookupRows());
        try (Store store = rival.open(stage.items(), settings())) {
            return Sample.of(unit(), store.pointReads(load).perSecond());
        }
    }
}
