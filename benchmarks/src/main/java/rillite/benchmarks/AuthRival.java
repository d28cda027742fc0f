package rillite.benchmarks;

import java.nio.file.Path;

/** Our store of users and sessions. */
final class AuthRival implements Rival {

    @Override
    public String name() {
        return "auth";
    }

    @Override
    public String description() {
        return "AuthStore on QuerySets: sessions().authenticate(token) and sessions().create(user)";
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new SessionStore(settings.url(file), settings);
    }
}
