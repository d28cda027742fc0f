package rillite.r2dbc;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the spellings of a database people write, also those the SPI's own parser refuses. */
final class UrlReader {
    private static final String R2DBC = "r2dbc:sqlite:";
    private static final String JDBC = "jdbc:sqlite:";
    private static final String IN_MEMORY = ":memory:";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private UrlReader() {}

    /** The options a URL, a {@code jdbc:sqlite:} URL, a path or {@code :memory:} stands for, by name. */
    static Map<String, Object> entries(String url) {
        if (starts(url, JDBC)) {
            return jdbc(url.substring(JDBC.length()));
        }
        if (starts(url, R2DBC) && !url.startsWith("//", R2DBC.length()) && !url.contains("://")) {
            return opaque(url.substring(R2DBC.length()));
        }
        if (starts(url, "r2dbc:") || starts(url, "r2dbcs:")) {
            if (url.indexOf('#') >= 0) {
                throw new IllegalArgumentException("URL \"" + Quote.of(withoutUser(url))
                        + "\" is refused: everything after # would be dropped; write %23");
            }
            return OptionsReader.entries(ConnectionFactoryOptions.parse(url));
        }
        if (SCHEME.matcher(url).matches()) {
            throw new IllegalArgumentException("URL \"" + Quote.of(withoutUser(url)) + "\" is refused; permitted:"
                    + " r2dbc:sqlite:file:///app.db, r2dbc:sqlite:mem:///, jdbc:sqlite:app.db, a path, :memory:");
        }
        Map<String, Object> entries = new TreeMap<>();
        place(entries, url);
        return entries;
    }

    private static Map<String, Object> jdbc(String rest) {
        Map<String, Object> entries = new TreeMap<>();
        int query = rest.indexOf('?');
        String path = query < 0 ? rest : rest.substring(0, query);
        if (query >= 0) {
            query(rest.substring(query + 1)).forEach((name, value) -> {
                if (Nearest.fold(name).equals("busytimeout")) {
                    entries.put(Settings.LOCK_WAIT_TIMEOUT.name(), millis(name, value));
                } else {
                    entries.put(ourName(name), value);
                }
            });
        }
        place(entries, path.isEmpty() ? IN_MEMORY : path);
        return entries;
    }

    private static Map<String, Object> opaque(String rest) {
        int query = rest.indexOf('?');
        Map<String, Object> entries = query < 0 ? new TreeMap<>() : new TreeMap<>(query(rest.substring(query + 1)));
        place(entries, decode(query < 0 ? rest : rest.substring(0, query)));
        return entries;
    }

    private static void place(Map<String, Object> entries, String path) {
        if (path.equals(IN_MEMORY)) {
            entries.put("protocol", "mem");
            entries.remove("database");
        } else {
            entries.put("protocol", "file");
            entries.put("database", path);
        }
    }

    private static Map<String, String> query(String query) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String ourName(String name) {
        for (Setting<?> setting : Settings.ALL) {
            if (Nearest.fold(setting.name()).equals(Nearest.fold(name))) {
                return setting.name();
            }
        }
        return name;
    }

    private static Duration millis(String name, String value) {
        if (!value.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("Option " + name + ": \"" + Quote.of(value)
                    + "\" is not permitted; permitted: milliseconds from 0 to 999999999");
        }
        return Duration.ofMillis(Long.parseLong(value));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/]*@", "//***@").replaceFirst("\\?.*", "");
    }

    private static boolean starts(String url, String prefix) {
        return url.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
