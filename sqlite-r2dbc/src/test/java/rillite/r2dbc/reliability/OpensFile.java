package rillite.r2dbc.reliability;

import java.nio.file.Path;
import rillite.r2dbc.testing.TestDatabase;

/** Opens a database and says how it went; run through a class loader of its own, so only JDK types cross. */
final class OpensFile {
    private OpensFile() {}

    public static String open(String file) {
        try (var database = TestDatabase.at(Path.of(file))) {
            return "opened, " + database.value(Integer.class, "SELECT count(*) FROM t") + " rows";
        } catch (RuntimeException e) {
            return "refused: " + e.getMessage();
        }
    }
}
