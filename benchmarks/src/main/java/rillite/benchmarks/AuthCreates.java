package rillite.benchmarks;

import java.util.List;

/** Sign-ins after the password was checked: one session each, durable when it is acknowledged. */
final class AuthCreates implements Workload {

    @Override
    public String name() {
        return "auth-create";
    }

    @Override
    public String title() {
        return "new sessions, " + Scale.SUBSCRIBERS + " concurrent subscribers, synchronous FULL";
    }

    @Override
    public String unit() {
        return "sessions/s";
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public Settings settings() {
        return Settings.with("FULL");
    }

    @Override
    public List<String> rivals() {
        return List.of("auth", "auth-spring", "spring-session-jdbc");
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.ratio(unit(), "auth-spring", "spring-session-jdbc", 3, 6),
                Target.ratio(unit(), "auth", "spring-session-jdbc", 3, 6));
    }

    @Override
    public void prepare(Stage stage) {}

    @Override
    public Sample run(Rival rival, Stage stage) {
        Store.Load load =
                new Store.Load(Scale.SUBSCRIBERS, stage.scale().slice().toNanos(), 0);
        return stage.onNewFile(file -> {
            AuthFile.create(file, Scale.SUBSCRIBERS);
            Tally tally;
            try (Store store = rival.open(file, settings())) {
                tally = store.inserts(load);
            }
            AuthFile.sessions(file, tally);
            return Sample.of(unit(), tally.perSecond());
        });
    }
}
