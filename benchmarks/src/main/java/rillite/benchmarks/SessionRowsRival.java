package rillite.benchmarks;

import java.nio.file.Path;

/** Sessions by nothing but the driver. */
final class SessionRowsRival implements Rival {

    @Override
    public String name() {
        return "rillite-session";
    }

    @Override
    public String description() {
        return "the R2DBC driver as rillite, with the SELECT of a session, its user and roles written by hand";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new SessionRowsStore(new RilliteStore(settings.url(file), settings, false));
    }
}
