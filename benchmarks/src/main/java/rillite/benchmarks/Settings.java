package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What every rival sets on every connection, so that all of them work under the same rules.
 *
 * @param synchronous NORMAL or FULL
 * @param readers connections for reading; 0 leaves the choice to the rival (HikariCP: 4)
 */
record Settings(String synchronous, int readers) {

    static final int CACHE_KIB = 16_384;
    static final int BUSY_MILLIS = 30_000;
    static final int POOL_SIZE = 4;

    static Settings with(String synchronous) {
        return new Settings(synchronous, 0);
    }

    int poolSize() {
        return readers == 0 ? POOL_SIZE : readers;
    }

    List<String> pragmas() {
        return List.of(
                "journal_mode=WAL",
                "synchronous=" + synchronous,
                "busy_timeout=" + BUSY_MILLIS,
                "cache_size=-" + CACHE_KIB,
                "foreign_keys=ON",
                "trusted_schema=OFF",
                "cell_size_check=ON");
    }

    void applyTo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas()) {
                statement.execute("PRAGMA " + pragma);
            }
        }
    }

    /** The same settings as an R2DBC URL; foreign keys, trusted schema and cell checks are the driver's defaults. */
    String url(Path file) {
        String url =
                "r2dbc:sqlite:file:///" + file.toAbsolutePath().toUri().getRawPath() + "?journalMode=WAL&synchronous="
                        + synchronous + "&lockWaitTimeout=PT" + BUSY_MILLIS / 1000 + "S&cacheSize=-" + CACHE_KIB;
        return readers == 0 ? url : url + "&maxReaderConnections=" + readers + "&maxOpenCursors=" + readers;
    }

    @Override
    public String toString() {
        return String.join(", ", pragmas()) + (readers == 0 ? "" : ", " + readers + " reading connections");
    }
}
