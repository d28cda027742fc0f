package rillite.r2dbc;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns protocol, host and database of a URL into a location; the only place that knows the path rules. */
final class LocationRules {
    private static final String FILE_URL = "r2dbc:sqlite:file:///";
    private static final String MEMORY_URL = "r2dbc:sqlite:mem:///";
    private static final Set<String> LOCAL_HOSTS = Set.of("", "localhost", "127.0.0.1", "::1", "[::1]");

    private LocationRules() {}

    /** The location those three options name, any of which may be absent. */
    static DatabaseLocation of(@Nullable String protocol, @Nullable String host, @Nullable String database) {
        boolean memory = isMemory(protocol);
        String text = database == null ? "" : database;
        if (host != null && !isLocal(host)) {
            throw new IllegalArgumentException("Option host \"" + Quote.of(host) + "\": SQLite has no server, and a URL"
                    + " with two slashes takes the first part of the path for one; did you mean "
                    + suggestion(memory, host, text) + "?");
        }
        return memory ? memory(text) : file(text);
    }

    /** True for the host names that may stand in a URL without a meaning. */
    static boolean isLocal(String host) {
        return LOCAL_HOSTS.contains(host.toLowerCase(Locale.ROOT));
    }

    /** A file named by text; a leading {@code ~/} is the home directory. */
    static DatabaseLocation.File file(String text) {
        check(text);
        if (text.endsWith("/")) {
            throw refused(text, "it ends with a slash and so names a directory; name the file in it");
        }
        try {
            return new DatabaseLocation.File(
                    text.startsWith("~/")
                            ? Path.of(System.getProperty("user.home"), text.substring(2))
                            : Path.of(text));
        } catch (InvalidPathException e) {
            throw refused(text, "it is no path on this system (" + e.getReason() + ")");
        }
    }

    /** An in-memory database; an empty name makes it private. */
    static DatabaseLocation.Memory memory(String name) {
        return new DatabaseLocation.Memory(name.isEmpty() ? null : name);
    }

    /** Refuses what SQLite or sqlite-jdbc would take for something else than a plain file name. */
    static void check(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("No database is named. Write " + FILE_URL
                    + "app.db for a file (four slashes for an absolute path) or " + MEMORY_URL + " for memory");
        }
        if (path.indexOf('\0') >= 0) {
            throw refused(path, "it contains NUL, where SQLite would cut the name off");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw refused(path, "? and # are not allowed in it; options belong in the query of an r2dbc: URL");
        }
        if (path.equalsIgnoreCase(":memory:")) {
            throw refused(path, "a leading colon is not allowed; for an in-memory database write " + MEMORY_URL);
        }
        if (path.startsWith(":")) {
            throw refused(path, "a leading colon is not allowed");
        }
        if (path.regionMatches(true, 0, "file:", 0, 5)) {
            throw refused(
                    path, "a nested file: is not allowed; did you mean " + FILE_URL + encode(unnested(path)) + "?");
        }
    }

    private static boolean isMemory(@Nullable String protocol) {
        String name = protocol == null ? "" : protocol.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "file" -> false;
            case "mem", "memory" -> true;
            default ->
                throw new IllegalArgumentException(
                        "Option protocol: \"" + Quote.of(name) + "\" is not permitted; permitted: file, mem, memory");
        };
    }

    private static String suggestion(boolean memory, String host, String database) {
        boolean drive = host.length() == 1 && Character.isLetter(host.charAt(0));
        String path = database.isEmpty() ? host : host + (drive ? ":/" : "/") + database;
        return (memory ? MEMORY_URL : FILE_URL) + encode(path);
    }

    private static String unnested(String path) {
        return path.substring(5).replaceFirst("^//+", "/");
    }

    private static String encode(String path) {
        return Quote.of(path).replace("%", "%25").replace(" ", "%20");
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("Database path \"" + Quote.of(path) + "\" is refused: " + why);
    }
}
