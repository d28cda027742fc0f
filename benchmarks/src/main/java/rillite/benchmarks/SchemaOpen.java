package rillite.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import rillite.querysets.Database;

/** From the path of a file with 500 tables to a Database that knows them and their relations. */
final class SchemaOpen implements Workload {

    private static final int TABLES = 500;
    private static final String MILLIS = "ms";

    @Override
    public String name() {
        return "schema-open";
    }

    @Override
    public String title() {
        return "opening a file of " + TABLES + " tables: columns, keys, indexes and relations known";
    }

    @Override
    public String unit() {
        return MILLIS;
    }

    @Override
    public String heap() {
        return "1g";
    }

    @Override
    public Settings settings() {
        return Settings.with("NORMAL");
    }

    @Override
    public List<String> rivals() {
        return List.of("rillite");
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(MILLIS, 300));
    }

    @Override
    public void prepare(Stage stage) {
        Unchecked.run(() -> createTables(file(stage)));
    }

    private static void createTables(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < TABLES; i++) {
                statement.execute("CREATE TABLE t" + i + " (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE,"
                        + " t" + i / 2 + "_id INTEGER NOT NULL REFERENCES t" + i / 2 + " ON DELETE CASCADE,"
                        + " other_id INTEGER REFERENCES t" + (i + 1) % TABLES + ", price DECIMAL(8, 2) DEFAULT 9.99,"
                        + " name TEXT COLLATE NOCASE, pages INTEGER CHECK (pages > 0), made DATETIME)");
                statement.execute("CREATE INDEX i" + i + " ON t" + i + " (t" + i / 2 + "_id, made DESC)");
            }
            connection.commit();
        }
    }

    private static Path file(Stage stage) {
        return stage.folder().resolve("schema.db");
    }

    @Override
    public Sample run(Rival rival, Stage stage) {
        long before = System.nanoTime();
        Database database = Objects.requireNonNull(Database.open(file(stage)).block(Duration.ofMinutes(1)));
        double millis = (System.nanoTime() - before) / 1e6;
        int tables = database.schema().tables().size();
        int relations = database.schema().tables().stream()
                .mapToInt(table -> database.schema().relations(table.name()).size())
                .sum();
        database.close().block(Duration.ofMinutes(1));
        if (tables != TABLES || relations != 4 * TABLES) {
            throw new IllegalStateException("Found " + tables + " tables and " + relations + " relations");
        }
        return Sample.of(MILLIS, millis);
    }
}
