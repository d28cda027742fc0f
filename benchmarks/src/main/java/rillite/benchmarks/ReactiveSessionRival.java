package rillite.benchmarks;

import java.nio.file.Path;

/** Our repository for Spring Session. */
final class ReactiveSessionRival implements Rival {

    @Override
    public String name() {
        return "auth-spring";
    }

    @Override
    public String description() {
        return "SqliteReactiveSessionRepository on QuerySets, in the tables of spring-session-jdbc, JSON, one attribute:"
                + " the name of the user";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new ReactiveSessionStore(new RilliteStore(settings.url(file), settings, true));
    }
}
