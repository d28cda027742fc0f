package rillite.r2dbc;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Reads a configuration from named values.
 *
 * <p>The SPI offers no iterator over options, but {@code ConnectionFactoryOptions.Builder.from(options, filter)} shows
 * every option to the filter: so {@code pragma.<name>}, misspelt and refused names are all seen.
 */
final class OptionsReader {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnectionFactoryProvider.class);
    private static final int LOGGED_LIMIT = 1000;
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private static final String DRIVER = "driver";
    private static final String PROTOCOL = "protocol";
    private static final String DATABASE = "database";
    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String SSL = "ssl";
    private static final String EMIT_ON = "emitOn";
    private static final String PRAGMA = "pragma.";

    private static final Set<String> EXTENSION_LOADING = Set.of("enableloadextension", "loadextension");
    private static final Set<String> KNOWN = known();

    /** Options of r2dbc-pool and r2dbc-proxy: theirs, however close a name comes to one of ours. */
    private static final Set<String> FOREIGN = Set.of(
            "acquireRetry",
            "backgroundEvictionInterval",
            "initialSize",
            "maxAcquireTime",
            "maxCreateConnectionTime",
            "maxIdleTime",
            "maxLifeTime",
            "maxSize",
            "maxValidationTime",
            "minIdle",
            "poolName",
            "postAllocate",
            "preRelease",
            "proxyListeners",
            "registerJmx",
            "validationDepth",
            "validationQuery");

    /** Names other SQLite libraries use for what we call otherwise, folded. */
    private static final Map<String, String> ALIASES = Map.of(
            "busytimeout", "lockWaitTimeout",
            "locktimeout", "lockWaitTimeout",
            "querytimeout", "statementTimeout",
            "readonly", "mode=ro",
            "openmode", "mode",
            "dateclass", "temporalStorage",
            "preparedstatementcachesize", "statementCacheSize",
            "walautocheckpoint", "checkpoints",
            "journalsizelimit", "walSoftLimit");

    private OptionsReader() {}

    /** Every option by name. */
    static Map<String, Object> entries(ConnectionFactoryOptions options) {
        Map<String, Object> entries = new TreeMap<>();
        ConnectionFactoryOptions.builder().from(options, option -> {
            Object value = options.getValue(option);
            if (value != null) {
                entries.put(option.name(), value);
            }
            return false;
        });
        return entries;
    }

    /** The configuration those options describe; warnings are logged, each text once per process. */
    static SqliteConnectionConfiguration read(Map<String, Object> entries) {
        refuse(entries);
        DatabaseLocation location =
                LocationRules.of(text(entries, PROTOCOL), text(entries, HOST), text(entries, DATABASE));
        SqliteConnectionConfiguration.Builder builder =
                SqliteConnectionConfiguration.builder().location(location);
        for (Setting<?> setting : Settings.ALL) {
            Object value = entries.get(setting.name());
            if (value != null) {
                builder.set(setting, value);
            }
        }
        Object emitOn = entries.get(EMIT_ON);
        if (emitOn != null) {
            builder.emitOn(scheduler(emitOn));
        }
        entries.forEach((name, value) -> {
            if (name.startsWith(PRAGMA)) {
                builder.pragma(name.substring(PRAGMA.length()), value.toString());
            }
        });
        SqliteConnectionConfiguration configuration = builder.build();
        log(warnings(entries));
        return configuration;
    }

    /** One text per option that is ignored although its author most likely meant something by it. */
    static List<String> warnings(Map<String, Object> entries) {
        List<String> warnings = new ArrayList<>();
        entries.forEach((name, value) -> {
            String warning = warning(name, value);
            if (warning != null) {
                warnings.add(warning);
            }
        });
        return warnings;
    }

    private static @Nullable String warning(String name, Object value) {
        return switch (name) {
            case HOST -> value.toString().isEmpty() ? null : "Option host is ignored: SQLite has no server";
            case PORT -> "Option port is ignored: SQLite has no server";
            case USER -> "Option user is ignored: SQLite has no users";
            case SSL -> "Option ssl is ignored: SQLite has no network connection";
            default -> KNOWN.contains(name) || FOREIGN.contains(name) || name.startsWith(PRAGMA) ? null : unknown(name);
        };
    }

    private static @Nullable String unknown(String name) {
        String alias = ALIASES.get(Nearest.fold(name));
        List<String> near = alias == null ? Nearest.of(name, KNOWN) : List.of(alias);
        return near.isEmpty()
                ? null
                : "Unknown option " + Quote.of(name) + " is ignored; did you mean " + String.join(" or ", near) + "?";
    }

    private static void refuse(Map<String, Object> entries) {
        String driver = text(entries, DRIVER);
        if (driver != null && !driver.equals(SqliteConnectionFactoryProvider.SQLITE_DRIVER)) {
            throw new IllegalArgumentException(
                    "Option driver: \"" + Quote.of(driver) + "\" is not permitted; permitted:"
                            + " sqlite (a pool or a proxy is opened by ConnectionFactories.get)");
        }
        Object password = entries.get(PASSWORD);
        if (password != null && !password.toString().isEmpty()) {
            throw new IllegalArgumentException("Option password is refused: this SQLite has no encryption and no users;"
                    + " protect the file by its permissions");
        }
        Object ssl = entries.get(SSL);
        if (ssl != null && !ssl.toString().equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("Option ssl (r2dbcs:) is refused: SQLite opens a file, there is no"
                    + " network connection to encrypt; write r2dbc:sqlite:");
        }
        for (String name : entries.keySet()) {
            String bare = name.startsWith(PRAGMA) ? name.substring(PRAGMA.length()) : name;
            if (EXTENSION_LOADING.contains(Nearest.fold(bare))) {
                throw new IllegalArgumentException("Option " + Quote.of(name) + " is refused: loading native code into"
                        + " the process is never switched on by an option");
            }
        }
    }

    private static Scheduler scheduler(Object value) {
        if (value instanceof Scheduler scheduler) {
            return scheduler;
        }
        throw new IllegalArgumentException("Option emitOn: \"" + Quote.of(value.toString())
                + "\" is not permitted; permitted: a reactor.core.scheduler.Scheduler, set in code");
    }

    private static @Nullable String text(Map<String, Object> entries, String name) {
        Object value = entries.get(name);
        return value == null ? null : value.toString();
    }

    private static void log(List<String> warnings) {
        for (String warning : warnings) {
            if (LOGGED.size() < LOGGED_LIMIT && LOGGED.add(warning)) {
                LOG.warn("{}", warning);
            }
        }
    }

    private static Set<String> known() {
        Set<String> known =
                new TreeSet<>(List.of(DRIVER, PROTOCOL, DATABASE, HOST, PORT, USER, PASSWORD, SSL, EMIT_ON));
        Settings.ALL.forEach(setting -> known.add(setting.name()));
        return known;
    }
}
