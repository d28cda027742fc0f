package rillite.benchmarks;

import java.nio.file.Path;

/**
 * Our store of users and sessions.
 *
 * @param name as it is chosen
 * @param remembered how many sessions it may remember
 */
record AuthRival(String name, int remembered) implements Rival {

    static AuthRival remembering() {
        return new AuthRival("auth", 10_000);
    }

    static AuthRival forgetting() {
        return new AuthRival("auth-anew", 0);
    }

    @Override
    public String description() {
        return "AuthStore on QuerySets: sessions().authenticate(token) and sessions().create(user)"
                + (remembered == 0 ? ", with rememberSessions(0)" : "");
    }

    @Override
    public Store open(Path file, Settings settings) {
        return new SessionStore(settings.url(file), settings, remembered);
    }
}
