package rillite.querysets;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.SqlCompiler;
import rillite.querysets.schema.Schema;

/**
 * The front door: a SQLite file whose tables are known. Safe to share; one per file.
 *
 * <p>The schema is read when the database is opened, and again after it changed: {@link #refresh} does that at once,
 * {@link DatabaseOptions#schemaCheck} says how soon it happens by itself. Closing the database closes what {@link #open}
 * opened.
 */
public final class Database {

    private static final String PRODUCT = "SQLite";

    private final ConnectionFactory connections;
    private final boolean owned;
    private final SchemaWatch watch;
    private final SqlCompiler compiler;
    private final SqlRunner runner;

    private Database(ConnectionFactory connections, boolean owned, SchemaWatch watch, DatabaseOptions options) {
        this.connections = connections;
        this.owned = owned;
        this.watch = watch;
        compiler = new SqlCompiler(options.rememberedShapes());
        runner = new SqlRunner(connections, watch);
    }

    /** As {@link #open(Path, DatabaseOptions)} with the defaults: a missing file is created. */
    public static Mono<Database> open(Path file) {
        return open(file, DatabaseOptions.defaults());
    }

    /**
     * Opens a file and reads its schema when subscribed. Errors of the driver arrive as they are; then, and when
     * cancelled, nothing stays open.
     */
    public static Mono<Database> open(Path file, DatabaseOptions options) {
        return Mono.defer(() -> {
            ConnectionFactory connections = ConnectionFactories.get(driverOptions(file, options));
            return read(connections, true, options)
                    .onErrorResume(error -> close(connections).then(Mono.error(error)))
                    .doOnCancel(() -> close(connections).subscribe());
        });
    }

    /**
     * Reads the schema behind a connection factory when subscribed. The factory stays the caller's: closing the database
     * does not close it.
     *
     * @throws IllegalArgumentException the factory is not one for SQLite
     */
    public static Mono<Database> over(ConnectionFactory connections) {
        return over(connections, DatabaseOptions.defaults());
    }

    /**
     * As {@link #over(ConnectionFactory)}, with options that are not for the driver.
     *
     * @throws IllegalArgumentException the factory is not one for SQLite, or there are options for the driver
     */
    public static Mono<Database> over(ConnectionFactory connections, DatabaseOptions options) {
        if (!options.driverOptions().isEmpty()) {
            throw new IllegalArgumentException("the options "
                    + options.driverOptions().keySet() + " are for the driver: set them on the connection factory");
        }
        String product = connections.getMetadata().getName();
        if (!product.equals(PRODUCT)) {
            throw new IllegalArgumentException(
                    "connections must lead to a SQLite file, these lead to \"" + product + "\"");
        }
        return read(connections, false, options);
    }

    private static Mono<Database> read(ConnectionFactory connections, boolean owned, DatabaseOptions options) {
        return SchemaWatch.start(connections, options).map(watch -> new Database(connections, owned, watch, options));
    }

    private static ConnectionFactoryOptions driverOptions(Path file, DatabaseOptions options) {
        ConnectionFactoryOptions.Builder builder = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "sqlite")
                .option(ConnectionFactoryOptions.PROTOCOL, "file")
                .option(
                        ConnectionFactoryOptions.DATABASE,
                        file.toAbsolutePath().toString().replace('\\', '/'));
        options.driverOptions().forEach((name, value) -> builder.option(Option.<String>valueOf(name), value));
        return builder.build();
    }

    /** What was found in the file when it was read last. */
    public Schema schema() {
        return watch.catalog().schema();
    }

    /**
     * Reads the schema again when subscribed, and gives this database. {@link #schema} and {@link #objects} then know the
     * new one. Query sets that were made before keep what they know: they go on working as long as what they name exists,
     * else they end with {@link SchemaChangedException}.
     */
    public Mono<Database> refresh() {
        return watch.refresh().thenReturn(this);
    }

    /**
     * All rows of a table or view.
     *
     * @throws UnknownTableException no such table; the message names the nearest ones
     * @throws InvalidQueryException the table could not be read when the schema was; the message says why
     */
    public QuerySet<Row> objects(String table) {
        return QuerySet.of(this, watch.catalog().table(table));
    }

    /** Closes what {@link #open} opened; does nothing for {@link #over}. May be subscribed again. */
    public Mono<Void> close() {
        return owned ? close(connections) : Mono.empty();
    }

    private static Mono<Void> close(ConnectionFactory connections) {
        return connections instanceof Closeable closeable ? Mono.from(closeable.close()) : Mono.empty();
    }

    SqlCompiler compiler() {
        return compiler;
    }

    SqlRunner runner() {
        return runner;
    }

    /** The tables by name only: the path may be private. */
    @Override
    public String toString() {
        return "Database" + watch.catalog().tables();
    }
}
