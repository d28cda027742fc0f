package rillite.r2dbc;

import java.util.HashMap;
import java.util.Map;

/** What settings mean together: derived defaults, and combinations that cannot work. */
final class ConfigurationRules {
    private final DatabaseLocation location;
    private final Map<Setting<?>, Object> chosen;
    private final Map<Setting<?>, Object> effective = new HashMap<>();

    private ConfigurationRules(DatabaseLocation location, Map<Setting<?>, Object> chosen) {
        this.location = location;
        this.chosen = chosen;
        Settings.ALL.forEach(setting -> effective.put(setting, chosen.getOrDefault(setting, setting.fallback())));
    }

    /** The value of every setting, chosen or derived. */
    static Map<Setting<?>, Object> effective(DatabaseLocation location, Map<Setting<?>, Object> chosen) {
        ConfigurationRules rules = new ConfigurationRules(location, chosen);
        rules.deriveMode();
        rules.deriveJournal();
        rules.deriveReaders();
        return Map.copyOf(rules.effective);
    }

    private void deriveMode() {
        if (get(Settings.IMMUTABLE)) {
            if (chosen.containsKey(Settings.MODE) && get(Settings.MODE) != OpenMode.RO) {
                throw refused(Settings.MODE, "with immutable=true; permitted: RO");
            }
            effective.put(Settings.MODE, OpenMode.RO);
        }
        if (!location.inMemory()) {
            return;
        }
        if (get(Settings.IMMUTABLE)) {
            throw refused(Settings.IMMUTABLE, "for an in-memory database; permitted: false");
        }
        if (get(Settings.MODE) == OpenMode.RO) {
            throw refused(Settings.MODE, "for an in-memory database, which would stay empty; permitted: RWC, RW");
        }
        if (get(Settings.SESSION_KIND) == SessionKind.DEDICATED) {
            throw refused(
                    Settings.SESSION_KIND,
                    "for an in-memory database, which has one physical connection; permitted: SHARED");
        }
    }

    private void deriveJournal() {
        if (!location.inMemory()) {
            return;
        }
        if (chosen.containsKey(Settings.JOURNAL_MODE) && get(Settings.JOURNAL_MODE) != JournalMode.MEMORY) {
            throw refused(Settings.JOURNAL_MODE, "for an in-memory database; permitted: MEMORY");
        }
        effective.put(Settings.JOURNAL_MODE, JournalMode.MEMORY);
    }

    private void deriveReaders() {
        boolean readOnly = get(Settings.MODE) == OpenMode.RO;
        int connections = get(Settings.MAX_READER_CONNECTIONS);
        int threads = get(Settings.READER_THREADS);
        if (!chosen.containsKey(Settings.READER_THREADS)) {
            threads = Math.min(threads, connections);
        } else if (threads > connections) {
            throw refused(
                    Settings.READER_THREADS, "with maxReaderConnections=" + connections + "; permitted: at most that");
        }
        if (readOnly) {
            threads = Math.max(1, threads);
        } else if (get(Settings.JOURNAL_MODE) != JournalMode.WAL) {
            threads = 0;
        }
        if (threads == 0) {
            connections = 0;
        }
        int cursors = connections - threads;
        if (threads > 0 && chosen.containsKey(Settings.MAX_OPEN_CURSORS)) {
            cursors = get(Settings.MAX_OPEN_CURSORS);
            if (cursors > connections) {
                throw refused(
                        Settings.MAX_OPEN_CURSORS,
                        "with maxReaderConnections=" + connections + "; permitted: at most that");
            }
        }
        effective.put(Settings.READER_THREADS, threads);
        effective.put(Settings.MAX_READER_CONNECTIONS, connections);
        effective.put(Settings.MAX_OPEN_CURSORS, cursors);
    }

    private <T> T get(Setting<T> setting) {
        Object value = effective.get(setting);
        return value == null ? setting.fallback() : setting.cast(value);
    }

    private IllegalArgumentException refused(Setting<?> setting, String why) {
        return new IllegalArgumentException(
                "Option " + setting.name() + ": \"" + effective.get(setting) + "\" is not permitted " + why);
    }
}
