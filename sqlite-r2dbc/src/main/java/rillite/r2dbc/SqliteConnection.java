package rillite.r2dbc;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Lifecycle;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.core.LaneStats;
import rillite.core.PreparedCursor;
import rillite.core.Session;
import rillite.core.WriteWork.Atomicity;

/**
 * A connection as R2DBC sees it: a light session over the engine, with auto-commit, transactions and savepoints.
 *
 * <p>It does not implement {@code Wrapped}: Spring and r2dbc-pool unwrap until they meet something that is not.
 */
final class SqliteConnection
        implements Connection,
                Lifecycle,
                SqliteStatistics,
                SqliteFeatures,
                SqliteBulk,
                SqliteBackup,
                SqliteChanges,
                SqliteRebuild {
    /** Isolation of SQLite itself; the weaker standard levels are accepted and give this one. */
    static final IsolationLevel SNAPSHOT = IsolationLevel.valueOf("SNAPSHOT");

    private final Session<SqlitePhysical> session;
    private final Engine engine;
    private final SqliteConnectionConfiguration configuration;
    private final Codecs codecs;
    private final Transactions transactions;
    private volatile IsolationLevel isolation = IsolationLevel.SERIALIZABLE;

    SqliteConnection(Session<SqlitePhysical> session, Engine engine, SqliteConnectionConfiguration configuration) {
        this.session = session;
        this.engine = engine;
        this.configuration = configuration;
        this.codecs = engine.codecs(configuration);
        this.transactions = new Transactions(session, engine, configuration);
    }

    Codecs codecs() {
        return codecs;
    }

    Engine engine() {
        return engine;
    }

    SqliteConnectionConfiguration configuration() {
        return configuration;
    }

    Session<SqlitePhysical> session() {
        return session;
    }

    Transactions transactions() {
        return transactions;
    }

    @Override
    public Statement createStatement(String sql) {
        return new SqliteStatement(this, ParsedSql.of(sql));
    }

    @Override
    public Batch createBatch() {
        return new SqliteBatch(this);
    }

    /**
     * Runs one statement with one set of values.
     *
     * @param whole whether a query is read to its end at once, because a statement behind it acts
     */
    Publisher<SqliteResult> run(
            ParsedStatement statement, String sql, @Nullable Object[] values, int fetchSize, boolean whole) {
        switch (statement.kind()) {
            case SELECT, PRAGMA_READ -> {
                SqliteSelect select = new SqliteSelect(sql, values, fetchSize);
                Mono<SqliteResult> result = whole
                        ? WholeRead.of(session, select, configuration.maxMaterializeBytes(), codecs)
                        : Mono.fromSupplier(() -> SqliteResult.query(session, select, codecs));
                return transactions.within(statement, result);
            }
            case DML -> {
                SqliteStep step = step(statement, sql, values);
                boolean returning = statement.returning() || !sql.equals(statement.sql());
                return transactions.within(
                        statement, session.write(SqliteWrite.one(step, atomicity(statement.conflict(), returning))));
            }
            case DDL, PRAGMA_WRITE, DEFER_FOREIGN_KEYS, BARRIER -> {
                SqliteStep step = step(statement, sql, values);
                return transactions.within(statement, session.write(SqliteWrite.one(step, Atomicity.BARRIER)));
            }
            case SERVICE -> {
                SqliteSelect select = SqliteSelect.attaching(sql, values);
                return transactions.within(statement, ServiceRun.of(this, select, session.statementTimeout()));
            }
            case SESSION -> {
                SqliteSelect select = new SqliteSelect(sql, values, fetchSize);
                return transactions.within(
                        statement, WholeRead.of(session, select, configuration.maxMaterializeBytes(), codecs));
            }
            default -> {
                return transactions.control(statement).then(Mono.fromSupplier(() -> SqliteResult.done(codecs)));
            }
        }
    }

    /** Runs statements one after the other, each by itself, with one result each. */
    Flux<SqliteResult> runEach(
            List<ParsedStatement> statements, Function<ParsedStatement, String> text, Values values) {
        return Flux.range(0, statements.size())
                .concatMap(
                        i -> {
                            ParsedStatement statement = statements.get(i);
                            return run(
                                    statement,
                                    text.apply(statement),
                                    values.of(statement),
                                    values.fetchSize(),
                                    values.again() || actsAfter(statements, i));
                        },
                        1);
    }

    /** Whether a later statement changes what a query at this place would still have to read. */
    private static boolean actsAfter(List<ParsedStatement> statements, int index) {
        return statements.subList(index + 1, statements.size()).stream()
                .anyMatch(later -> later.kind() != StatementKind.SELECT && later.kind() != StatementKind.PRAGMA_READ);
    }

    /** The values for the statements of one text. */
    interface Values {
        @Nullable Object[] of(ParsedStatement statement);

        default int fetchSize() {
            return 0;
        }

        /** Whether all statements run once more, with other values. */
        default boolean again() {
            return false;
        }
    }

    private SqliteStep step(ParsedStatement statement, String sql, @Nullable Object[] values) {
        return new SqliteStep(sql, statement.kind(), values, configuration.maxMaterializeBytes(), codecs);
    }

    /** Rows that a write returns may be too many, which is known when the write is done: so it must be undone. */
    private static Atomicity atomicity(ConflictRisk risk, boolean returning) {
        return switch (risk) {
            case PLAIN -> returning ? Atomicity.SAVEPOINT : Atomicity.STATEMENT;
            case SAVEPOINT -> Atomicity.SAVEPOINT;
            case ALONE -> Atomicity.BARRIER;
        };
    }

    /** Runs one statement with several sets of values: all or nothing. */
    Publisher<SqliteResult> runSets(
            ParsedStatement statement, String sql, List<@Nullable Object[]> sets, int fetchSize) {
        if (statement.kind() != StatementKind.DML) {
            return Flux.fromIterable(sets).concatMap(values -> run(statement, sql, values, fetchSize, false), 1);
        }
        List<SqliteStep> steps = new ArrayList<>(sets.size());
        for (@Nullable Object[] values : sets) {
            steps.add(step(statement, sql, values));
        }
        Atomicity atomicity = statement.conflict() == ConflictRisk.ALONE ? Atomicity.ALONE : Atomicity.SAVEPOINT;
        return transactions.within(
                statement, session.write(SqliteWrite.all(steps, atomicity)).flatMapIterable(results -> results));
    }

    /** Runs several statements in one transaction. */
    Publisher<SqliteResult> runBatch(List<ParsedStatement> statements) {
        if (statements.isEmpty()) {
            return Flux.empty();
        }
        boolean together = true;
        boolean reads = true;
        boolean alone = false;
        List<SqliteStep> steps = new ArrayList<>(statements.size());
        for (ParsedStatement statement : statements) {
            StatementKind kind = statement.kind();
            boolean read = kind == StatementKind.SELECT || kind == StatementKind.PRAGMA_READ;
            reads &= read;
            together &= read || kind == StatementKind.DML || kind == StatementKind.DDL;
            alone |= kind == StatementKind.DDL || statement.conflict() == ConflictRisk.ALONE;
            steps.add(step(statement, statement.sql(), new Object[0]));
        }
        if (reads || !together) {
            return runEach(statements, ParsedStatement::sql, statement -> new Object[0]);
        }
        Atomicity atomicity = alone ? Atomicity.ALONE : Atomicity.SAVEPOINT;
        return transactions.within(
                statements, session.write(SqliteWrite.all(steps, atomicity)).flatMapIterable(results -> results));
    }

    @Override
    public Mono<Void> beginTransaction() {
        return transactions.begin(null);
    }

    @Override
    public Mono<Void> beginTransaction(TransactionDefinition definition) {
        return transactions.begin(definition);
    }

    @Override
    public Mono<Void> commitTransaction() {
        return transactions.commit();
    }

    @Override
    public Mono<Void> rollbackTransaction() {
        return transactions.rollback();
    }

    @Override
    public Mono<Void> createSavepoint(String name) {
        return transactions.savepoint(required(name));
    }

    @Override
    public Mono<Void> releaseSavepoint(String name) {
        return transactions.release(required(name));
    }

    @Override
    public Mono<Void> rollbackTransactionToSavepoint(String name) {
        return transactions.rollbackTo(required(name));
    }

    private static String required(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("name must not be null");
        }
        return name;
    }

    @Override
    public boolean isAutoCommit() {
        return transactions.isAutoCommit();
    }

    @Override
    public Mono<Void> setAutoCommit(boolean autoCommit) {
        return transactions.setAutoCommit(autoCommit);
    }

    @Override
    public IsolationLevel getTransactionIsolationLevel() {
        return isolation;
    }

    @Override
    public Mono<Void> setTransactionIsolationLevel(IsolationLevel level) {
        Transactions.check(level);
        return Mono.fromRunnable(() -> isolation = IsolationLevel.SERIALIZABLE);
    }

    @Override
    public Mono<Void> setLockWaitTimeout(Duration timeout) {
        Transactions.check(timeout, "lockWaitTimeout");
        return Mono.fromRunnable(() -> session.lockWaitTimeout(timeout));
    }

    @Override
    public Mono<Void> setStatementTimeout(Duration timeout) {
        Transactions.check(timeout, "statementTimeout");
        return Mono.fromRunnable(() -> session.statementTimeout(timeout));
    }

    @Override
    public ConnectionMetadata getMetadata() {
        return engine.metadata();
    }

    @Override
    public Mono<Boolean> validate(ValidationDepth depth) {
        return Mono.defer(() -> {
            if (session.isClosed()) {
                return Mono.just(false);
            }
            if (depth == ValidationDepth.LOCAL) {
                return Mono.just(engine.refusal() == null);
            }
            SqliteSelect one = new SqliteSelect("SELECT 1", new Object[0], 0);
            PreparedCursor.Source<SqlitePhysical, RowChunk> probe = connection -> {
                connection.hooks().fileMoved();
                return one.open(connection);
            };
            return session.read(probe, (chunk, row) -> Boolean.TRUE)
                    .then(Mono.fromSupplier(() -> engine.refusal() == null))
                    .onErrorReturn(false);
        });
    }

    @Override
    public Mono<Void> close() {
        return session.close();
    }

    @Override
    public Mono<Void> postAllocate() {
        return Mono.empty();
    }

    /** Leaves the connection as a new one: nothing open, auto-commit on, timeouts as configured. */
    @Override
    public Mono<Void> preRelease() {
        return transactions.rollback().onErrorComplete().then(Mono.fromRunnable(() -> {
            transactions.reset();
            isolation = IsolationLevel.SERIALIZABLE;
            session.lockWaitTimeout(configuration.lockWaitTimeout());
            session.statementTimeout(configuration.statementTimeout());
        }));
    }

    @Override
    public BulkRun insert(String sql, Publisher<? extends Object[]> rows, BulkOptions options) {
        return new BulkImport(Mono.just(this), false, ParsedSql.of(sql), rows, options);
    }

    @Override
    public Mono<Void> backup(Path target) {
        return Backups.backup(this, target);
    }

    @Override
    public <T> Mono<T> rebuildSession(Function<? super Connection, ? extends Mono<T>> work) {
        return Mono.usingWhen(
                transactions.beginRebuild().thenReturn(this),
                connection -> Mono.<T>from(work.apply(connection))
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .delayUntil(value -> connection.commitTransaction())
                        .flatMap(Mono::justOrEmpty),
                connection -> Mono.empty(),
                (connection, error) -> connection.rollbackTransaction(),
                SqliteConnection::rollbackTransaction);
    }

    @Override
    public LaneStats statistics() {
        return engine.statistics();
    }

    @Override
    public SqliteTotals totals() {
        return engine.counters().totals();
    }

    @Override
    public Flux<SqliteChange> changes() {
        return engine.changeFeed();
    }

    @Override
    public long walBytes() {
        return engine.walBytes();
    }

    @Override
    public String jdbcUrl() {
        return engine.jdbcUrl();
    }

    @Override
    public String toString() {
        return "SqliteConnection{" + session.id() + "}";
    }

    /** The transaction mode of {@link TransactionDefinition}s made for this driver. */
    static final Option<SqliteTransactionMode> TRANSACTION_MODE = SqliteConnectionFactoryProvider.TRANSACTION_MODE;
}
