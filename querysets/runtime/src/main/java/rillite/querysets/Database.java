package rillite.querysets;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.SqlCompiler;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.SchemaReader;
import rillite.querysets.schema.Table;

/**
 * The front door: a SQLite file whose tables are known. Immutable and meant to be shared; one per file.
 *
 * <p>The schema is read once, when the database is opened. Closing it closes what {@link #open} opened.
 */
public final class Database {

    private static final String PRODUCT = "SQLite";

    private final ConnectionFactory connections;
    private final boolean owned;
    private final Schema schema;
    private final Map<String, TableModel> models = new LinkedHashMap<>();
    private final SqlCompiler compiler;
    private final SqlRunner runner;

    private Database(ConnectionFactory connections, boolean owned, Schema schema, DatabaseOptions options) {
        this.connections = connections;
        this.owned = owned;
        this.schema = schema;
        compiler = new SqlCompiler(options.rememberedShapes(), Errors::invalidQuery);
        runner = new SqlRunner(connections);
        boolean utf8 = schema.encoding().equals("UTF-8");
        for (Table table : schema.tables()) {
            models.put(table.name(), new TableModel(table, utf8));
        }
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
        String product = connections.getMetadata().getName();
        if (!product.equals(PRODUCT)) {
            throw new IllegalArgumentException(
                    "connections must lead to a SQLite file, these lead to \"" + product + "\"");
        }
        return read(connections, false, DatabaseOptions.defaults());
    }

    private static Mono<Database> read(ConnectionFactory connections, boolean owned, DatabaseOptions options) {
        return Mono.usingWhen(connections.create(), SchemaReader::read, Connection::close)
                .map(schema -> new Database(connections, owned, schema, options));
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

    /** What was found in the file when it was opened. */
    public Schema schema() {
        return schema;
    }

    /**
     * All rows of a table or view.
     *
     * @throws UnknownTableException no such table; the message names the nearest ones
     * @throws InvalidQueryException the table could not be read when the file was opened; the message says why
     */
    public QuerySet<Row> objects(String table) {
        TableModel model = models.get(table);
        if (model == null) {
            throw Errors.unknownTable(table, List.copyOf(models.keySet()));
        }
        String problem = model.table().problem();
        if (problem != null) {
            throw Errors.invalidQuery("Cannot query \"" + table + "\": its columns could not be read: " + problem);
        }
        return QuerySet.of(this, model);
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
        return "Database" + models.keySet();
    }
}
