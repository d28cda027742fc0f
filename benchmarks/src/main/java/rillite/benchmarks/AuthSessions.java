package rillite.benchmarks;

import java.util.List;

/** Who shows this token? The question of every request, beside the cheapest question the driver can be asked. */
final class AuthSessions implements Workload {

    /** Who is there at once; all others have sessions too. */
    private static final int ACTIVE = 5_000;

    @Override
    public String name() {
        return "auth-session";
    }

    @Override
    public String title() {
        return "sessions by token with user and roles, beside point reads of one column of as many rows, of " + ACTIVE
                + " of them in turn, " + Scale.SUBSCRIBERS + " concurrent subscribers";
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
        return Settings.with("FULL");
    }

    @Override
    public List<String> rivals() {
        return List.of("auth", "auth-anew", "rillite-session", "rillite", "rillite-each");
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.ratio(unit(), "auth", "rillite", 0.7, 1),
                Target.ratio(unit(), "auth", "rillite-each", 0.7, 1),
                Target.ratio(unit(), "auth-anew", "rillite-session", 0.7, 1));
    }

    @Override
    public void prepare(Stage stage) {
        Checks.createItems(stage.items(), stage.scale().lookupRows());
        AuthFile.create(stage.items(), stage.scale().lookupRows());
        AuthFile.signIn(stage.items(), stage.scale().lookupRows());
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        Scale scale = stage.scale();
        Store.Load load =
                new Store.Load(Scale.SUBSCRIBERS, scale.slice().toNanos(), Math.min(ACTIVE, scale.lookupRows()));
        try (Store store = rival.open(stage.items(), settings())) {
            return Sample.of(unit(), store.pointReads(load).perSecond());
        }
    }
}
