package rillite.querysets;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import rillite.querysets.ast.SqlCompiler;
import rillite.querysets.insights.StatementRecorder;
import rillite.querysets.schema.Schema;
import rillite.r2dbc.SqliteCapabilities;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteFeatures;

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
    private final RowLimits limits;
    private final @Nullable Insights insights;

    private Database(
            ConnectionFactory connections,
            ConnectionSource source,
            boolean owned,
            SchemaWatch watch,
            DatabaseOptions options) {
        this.connections = connections;
        this.owned = owned;
        this.watch = watch;
        compiler = new SqlCompiler(options.rememberedShapes(), Errors::invalidQuery);
        runner = new SqlRunner(source, store(connections), watch, options);
        limits = options.rowLimits();
        StatementRecorder recorder = runner.statements().recorder();
        insights = recorder == null ? null : new Insights(new Database(this, runner.unrecorded(), null), recorder);
    }

    /** The same database, whose statements are sent in another way. */
    private Database(Database free, SqlRunner runner, @Nullable Insights insights) {
        connections = free.connections;
        owned = false;
        watch = free.watch;
        compiler = free.compiler;
        limits = free.limits;
        this.runner = runner;
        this.insights = insights;
    }

    /** What has one writer: the file, where the driver tells which it is. */
    static Object store(ConnectionFactory connections) {
        SqliteFeatures features = SqliteCapabilities.find(connections, SqliteFeatures.class);
        String url = features == null ? "" : features.jdbcUrl();
        return url.isEmpty() ? connections : url;
    }

    /** As {@link #open(Path, DatabaseOptions)} with the defaults: a missing file is created. */
    public static Mono<Database> open(Path file) {
        return open(file, DatabaseOptions.defaults());
    }

    /**
     * Opens a file and reads its schema when subscribed; its connections have the {@link SqlFunctions}. Errors of the driver
     * arrive as they are; then, and when cancelled, nothing stays open.
     *
     * <p>A file that this process has open already must have been opened with the same options and functions: give a
     * connection factory of your own the functions by {@link SqlFunctions#addTo}, or let both use one factory and {@link
     * #over}.
     */
    public static Mono<Database> open(Path file, DatabaseOptions options) {
        return Mono.defer(() -> {
            ConnectionFactory connections = SqliteConnectionFactory.from(configuration(file, options));
            return read(connections, ConnectionSource.of(connections), true, options)
                    .onErrorResume(error -> close(connections).then(Mono.error(error)))
                    .doOnCancel(() -> close(connections).subscribe());
        });
    }

    /** As {@link #over(ConnectionFactory, ConnectionSource, DatabaseOptions)}, each time with a new connection. */
    public static Mono<Database> over(ConnectionFactory connections) {
        return over(connections, ConnectionSource.of(connections));
    }

    /** As {@link #over(ConnectionFactory, ConnectionSource, DatabaseOptions)} with the defaults. */
    public static Mono<Database> over(ConnectionFactory connections, ConnectionSource source) {
        return over(connections, source, DatabaseOptions.defaults());
    }

    /**
     * As {@link #over(ConnectionFactory)}, with options that are not for the driver.
     *
     * @throws IllegalArgumentException the factory is not one for SQLite, or there are options for the driver
     */
    public static Mono<Database> over(ConnectionFactory connections, DatabaseOptions options) {
        return over(connections, ConnectionSource.of(connections), options);
    }

    /**
     * Reads the schema behind a connection factory when subscribed. The factory stays the caller's: closing the database
     * does not close it.
     *
     * @param source lends the connections, for transactions that somebody else begins and ends
     * @throws IllegalArgumentException the factory is not one for SQLite, or the options hold options of the driver, which
     *     the factory has already
     */
    public static Mono<Database> over(ConnectionFactory connections, ConnectionSource source, DatabaseOptions options) {
        String product = connections.getMetadata().getName();
        if (!product.equals(PRODUCT)) {
            throw new IllegalArgumentException(
                    "connections must lead to a SQLite file, these lead to \"" + product + "\"");
        }
        if (!options.driverOptions().isEmpty()) {
            throw new IllegalArgumentException("over(..) takes no options of the driver, got "
                    + options.driverOptions().keySet() + ": give them to the connection factory");
        }
        return read(connections, source, false, options);
    }

    private static Mono<Database> read(
            ConnectionFactory connections, ConnectionSource source, boolean owned, DatabaseOptions options) {
        return SchemaWatch.start(connections, source, options)
                .map(watch -> new Database(connections, source, owned, watch, options));
    }

    private static SqliteConnectionConfiguration configuration(Path file, DatabaseOptions options) {
        ConnectionFactoryOptions.Builder builder = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "sqlite")
                .option(ConnectionFactoryOptions.PROTOCOL, "file")
                .option(
                        ConnectionFactoryOptions.DATABASE,
                        file.toAbsolutePath().toString().replace('\\', '/'));
        options.driverOptions().forEach((name, value) -> builder.option(Option.<String>valueOf(name), value));
        return SqlFunctions.addTo(SqliteConnectionConfiguration.from(builder.build()).toBuilder())
                .build();
    }

    /** What was found in the file when it was read last. */
    public Schema schema() {
        return catalog().schema();
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
        return QuerySet.of(this, model(table));
    }

    /**
     * The links of one row to the rows of a to-many relation: {@code link("book", "tags", 1L).add(3L)}.
     *
     * @param owner the row or its key; it is not read
     * @throws UnknownRelationException the table has no such relation
     * @throws InvalidQueryException the relation leads to one row
     */
    public Link link(String table, String relation, Object owner) {
        return Link.of(this, model(table), relation, owner);
    }

    /**
     * As {@link #link(String, String, Object)}, for table classes: {@code link(BOOK.tags(), book).add(java, sql)}.
     *
     * @throws InvalidQueryException the relation is narrowed, or begins at another table than its owner's
     */
    public <R, T> TypedLink<T> link(ToMany<R, T, ?> relation, R owner) {
        return TypedLink.of(this, relation, relation.root().keyed(owner));
    }

    /** As {@link #link(ToMany, Object)}, of a row of which only the key is known: {@code link(BOOK.tags(), Ref.of(1L))}. */
    public <R, T> TypedLink<T> link(ToMany<R, T, ?> relation, Ref<R> owner) {
        return TypedLink.of(this, relation, owner.id());
    }

    /**
     * All rows of a table or view, as the table class reads them.
     *
     * @throws UnknownTableException no such table; the message names the nearest ones
     * @throws UnknownFieldException the table class names a column that the table does not have: generate it again
     */
    public <T> QuerySet<T> objects(Table<T, T> table) {
        return QuerySet.of(this, table);
    }

    /**
     * A table or view under the names that repositories have.
     *
     * @param <K> type of its key, by whatever name the caller gives it: {@code Repository<Row, Long> users = ..}
     * @throws UnknownTableException no such table
     */
    public <K> Repository<Row, K> repository(String table) {
        return new Repository<>(objects(table));
    }

    /** As {@link #repository(String)}, for a table class: {@code Repository<User, Long> users = db.repository(USER)}. */
    public <T, K> Repository<T, K> repository(Table<T, T> table) {
        return new Repository<>(objects(table));
    }

    TableModel model(String table) {
        Catalog catalog = catalog();
        TableModel model = catalog.find(table);
        if (model == null) {
            throw Errors.unknownTable(table, catalog.names());
        }
        String problem = model.table().problem();
        if (problem != null) {
            throw Errors.invalidQuery("Cannot query \"" + table + "\": its columns could not be read: " + problem);
        }
        return model;
    }

    /**
     * Loads relations of rows that are in hand, one statement for each level: {@code load(books, "author", "tags")}. What
     * rows have loaded already is kept.
     *
     * @return copies of the rows with the relations, in the same order
     * @throws UnknownRelationException no such relation
     * @throws InvalidValueException rows of different tables
     */
    public Mono<List<Row>> load(List<Row> rows, String... paths) {
        return new RelatedRows(this).load(rows, prefetches(paths), false);
    }

    /** As {@link #load(List, String...)}, with a say in which related rows are read. */
    public Mono<List<Row>> load(List<Row> rows, Prefetch... prefetches) {
        return new RelatedRows(this).load(rows, List.of(prefetches), false);
    }

    /** As {@link #load(List, String...)}, but reads again what rows have loaded already. */
    public Mono<List<Row>> reload(List<Row> rows, String... paths) {
        return new RelatedRows(this).load(rows, prefetches(paths), true);
    }

    /** As {@link #load(List, String...)}, for records: {@code load(authors, AUTHOR.books())}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> Mono<List<T>> load(List<T> rows, Related<T> relation, Related<T>... more) {
        return RecordRows.load(this, rows, false, relation, more);
    }

    /** As {@link #load(List, Related, Related[])}, but reads again what records have loaded already. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> Mono<List<T>> reload(List<T> rows, Related<T> relation, Related<T>... more) {
        return RecordRows.load(this, rows, true, relation, more);
    }

    private static List<Prefetch> prefetches(String[] paths) {
        return Arrays.stream(paths).map(Prefetch::of).toList();
    }

    /**
     * A statement of your own; values are bound to {@code ?} in order, as SQLite stores their kind: dates and times as text.
     *
     * @throws InvalidQueryException the text begins, ends or divides a transaction: that is for {@link #inTransaction}
     * @throws InvalidValueException a value of a kind that SQLite has no form for
     */
    public RawSql sql(String text, @Nullable Object... values) {
        return RawSql.of(this, text, values);
    }

    /**
     * One write transaction for everything that the function's publisher does with this database; a part of the open one,
     * which is taken back alone when it fails, where there is one already.
     *
     * <p>Each subscription is a transaction of its own. It is committed when the publisher completes, and rolled back on
     * error and on cancel; a commit that is on its way is not undone. What a Mono gives arrives after the commit; elements of
     * other publishers arrive as they come, before it. Nobody else writes in the meantime, so nothing slow belongs inside.
     *
     * @param work given the transaction once it has begun; gives what is to run in it
     */
    public <T> Flux<T> inTransaction(Function<Transaction, ? extends Publisher<T>> work) {
        return runner.transacted(TransactionTerms.write(runner.nextName()), given(work));
    }

    /**
     * As {@link #inTransaction(Function)}, with a name for errors and logs, a lock wait timeout, an isolation level or an
     * attribute of the driver. A READ_ONLY one is {@link #readOnly}. A part of an open transaction takes nothing of
     * it.
     */
    public <T> Flux<T> inTransaction(
            TransactionDefinition definition, Function<Transaction, ? extends Publisher<T>> work) {
        return runner.transacted(TransactionTerms.of(definition, runner.nextName()), given(work));
    }

    /**
     * A write transaction that is never a part of another one.
     *
     * @return its elements; a {@link TransactionException} inside of a write transaction: it would wait for itself
     */
    public <T> Flux<T> requiresNew(Function<Transaction, ? extends Publisher<T>> work) {
        return runner.separate(TransactionTerms.write(runner.nextName()), given(work));
    }

    /**
     * One state of the database for all queries of the function's publisher; in an open transaction, the state that it sees.
     * Nobody waits for it. A write inside is a {@link TransactionException}. As long as it is open the write-ahead log
     * grows: keep it short.
     */
    public <T> Flux<T> readOnly(Function<Transaction, ? extends Publisher<T>> work) {
        return runner.transacted(TransactionTerms.read(runner.nextName()), given(work));
    }

    private <T> Function<Scope, Publisher<T>> given(Function<Transaction, ? extends Publisher<T>> work) {
        return scope -> Objects.requireNonNull(
                work.apply(new Transaction(this, scope)), "the function of a transaction must not return null");
    }

    /** This database for statements in that transaction. */
    Database in(Scope scope) {
        return new Database(this, runner.in(scope), insights);
    }

    /**
     * What was seen of the statements of this database: the slowest, those that are repeated, those that read whole tables,
     * and indexes that nobody uses.
     *
     * @throws InvalidQueryException they were not switched on by {@link DatabaseOptions#insights()}
     */
    public Insights insights() {
        if (insights == null) {
            throw Errors.invalidQuery("Insights are off. Open the database with DatabaseOptions.insights().");
        }
        return insights;
    }

    /**
     * The connection factory beneath, for tools that speak R2DBC. Its connections take no part in the transactions of this
     * database; a new schema is known after {@link #refresh}.
     */
    public ConnectionFactory connectionFactory() {
        return connections;
    }

    /** Whether its statements belong to a transaction, wherever they are subscribed: see {@link Transaction#database}. */
    public boolean isInTransaction() {
        return runner.isBound();
    }

    /**
     * Whether the statements of a subscriber with that Context belong to a transaction, or may: somebody else lends the
     * connections. Only when not may they be sent for it by others, together with those of other subscribers.
     */
    public boolean isInTransaction(ContextView context) {
        return runner.mayBeOpen(context);
    }

    /** Closes what {@link #open} opened; does nothing for what {@code over} gave. May be subscribed again. */
    public Mono<Void> close() {
        return owned ? close(connections) : Mono.empty();
    }

    private static Mono<Void> close(ConnectionFactory connections) {
        return connections instanceof Closeable closeable ? Mono.from(closeable.close()) : Mono.empty();
    }

    /** The functions of its connections beyond those of SQLite. */
    KnownFunctions functions() {
        return watch.functions();
    }

    Catalog catalog() {
        return watch.catalog();
    }

    SqlCompiler compiler() {
        return compiler;
    }

    SqlRunner runner() {
        return runner;
    }

    RowLimits limits() {
        return limits;
    }

    /** What a program asks for here; null when insights are off. */
    @Nullable Asking asking() {
        return insights == null ? null : statements().asking();
    }

    Statements statements() {
        return runner.statements();
    }

    /** The same database, in whatever transaction. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Database database && database.watch == watch;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(watch);
    }

    /** The tables by name only: the path may be private. */
    @Override
    public String toString() {
        return "Database" + catalog().names();
    }
}
