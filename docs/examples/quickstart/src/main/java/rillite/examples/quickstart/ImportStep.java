package rillite.examples.quickstart;

import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Flux;
import rillite.r2dbc.BulkProgress;

/** A Flux of rows goes into a table of a scratch file. */
final class ImportStep implements Step {

    private static final int ROWS = 200_000;
    private static final String TABLE = "CREATE TABLE reading(id INTEGER PRIMARY KEY, sensor TEXT NOT NULL,"
            + " place TEXT NOT NULL, taken INTEGER NOT NULL, degrees REAL NOT NULL)";
    private static final String INSERT =
            "INSERT INTO reading(id, sensor, place, taken, degrees) VALUES (?, ?, ?, ?, ?)";

    @Override
    public String title() {
        return "5. An import from a Flux";
    }

    @Override
    public void run(Tour tour) {
        Screen screen = tour.screen();
        ConnectionFactory factory = Sql.open(tour.scratch().file("import.db"), "");
        try {
            screen.say(
                    "%,d rows of 5 columns into a scratch file. A Flux makes the rows while they are asked for, and they are"
                            + " asked for only as fast as they are written, 5,000 in a transaction.",
                    ROWS);
            screen.space();
            Sql.on(factory, connection -> Sql.update(connection, TABLE)).blockLast();
            long start = System.nanoTime();
            BulkProgress done = load(factory, tour.terminal());
            double seconds = (System.nanoTime() - start) / 1e9;
            screen.say(
                    "%,d rows in %,.0f ms: %,.0f rows per second, in %s.",
                    done.rows(), seconds * 1e3, done.rows() / seconds, Screen.count(done.windows(), "transaction"));
        } finally {
            Sql.close(factory).block();
        }
    }

    private static BulkProgress load(ConnectionFactory factory, boolean terminal) {
        Flux<Object[]> readings = Flux.range(1, ROWS).map(ImportStep::reading);
        try (Bar bar = Bar.of(ROWS, terminal)) {
            return RowImport.insert(factory, INSERT, readings, now -> bar.to(now.rows()))
                    .blockOptional()
                    .orElseThrow();
        }
    }

    private static Object[] reading(int id) {
        return new Object[] {id, "sensor-" + id % 97, "Room " + id % 13, 1_700_000_000 + id, 15 + id % 200 / 10.0};
    }
}
