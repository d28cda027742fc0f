package rillite.r2dbc;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ConnectionFactoryProvider;
import io.r2dbc.spi.Option;
import java.time.Duration;
import reactor.core.scheduler.Scheduler;

/**
 * Makes {@code r2dbc:sqlite:} URLs work with {@code io.r2dbc.spi.ConnectionFactories}, and holds the driver's options.
 *
 * <p>Every option but {@link #EMIT_ON} also reads from a String, so that all of them work in the query of a URL:
 * durations as ISO-8601 text ({@code PT5S}), constants without regard to case. What each option means, and its default
 * and bounds, stands at the accessor of the same name of {@link SqliteConnectionConfiguration}. Options with other
 * names are ignored, because pools and proxies pass theirs through; a name close to one of ours is logged once, with
 * "did you mean".
 */
public final class SqliteConnectionFactoryProvider implements ConnectionFactoryProvider {
    /** Name of the driver in URLs and in {@code ConnectionFactoryOptions.DRIVER}. */
    public static final String SQLITE_DRIVER = "sqlite";

    public static final Option<OpenMode> MODE = Option.valueOf("mode");
    public static final Option<Boolean> IMMUTABLE = Option.valueOf("immutable");
    public static final Option<JournalMode> JOURNAL_MODE = Option.valueOf("journalMode");
    public static final Option<Synchronous> SYNCHRONOUS = Option.valueOf("synchronous");
    public static final Option<Boolean> FOREIGN_KEYS = Option.valueOf("foreignKeys");
    public static final Option<Boolean> TRUSTED_SCHEMA = Option.valueOf("trustedSchema");
    public static final Option<Boolean> CELL_SIZE_CHECK = Option.valueOf("cellSizeCheck");
    public static final Option<SqliteTransactionMode> TRANSACTION_MODE = Option.valueOf("transactionMode");
    public static final Option<Boolean> GROUP_COMMIT = Option.valueOf("groupCommit");
    public static final Option<Integer> GROUP_COMMIT_MAX_STATEMENTS = Option.valueOf("groupCommitMaxStatements");
    public static final Option<Integer> READER_THREADS = Option.valueOf("readerThreads");
    public static final Option<Integer> MAX_READER_CONNECTIONS = Option.valueOf("maxReaderConnections");
    public static final Option<Integer> MAX_OPEN_CURSORS = Option.valueOf("maxOpenCursors");
    public static final Option<Integer> READER_QUEUE_LIMIT = Option.valueOf("readerQueueLimit");
    public static final Option<Integer> WRITER_QUEUE_LIMIT = Option.valueOf("writerQueueLimit");
    public static final Option<Long> WRITER_QUEUE_BYTES = Option.valueOf("writerQueueBytes");
    public static final Option<Duration> LOCK_WAIT_TIMEOUT = ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT;
    public static final Option<Duration> STATEMENT_TIMEOUT = ConnectionFactoryOptions.STATEMENT_TIMEOUT;
    public static final Option<Duration> CONNECT_TIMEOUT = ConnectionFactoryOptions.CONNECT_TIMEOUT;
    public static final Option<Duration> TRANSACTION_IDLE_TIMEOUT = Option.valueOf("transactionIdleTimeout");
    public static final Option<Duration> CURSOR_IDLE_TIMEOUT = Option.valueOf("cursorIdleTimeout");
    public static final Option<Duration> MAX_SNAPSHOT_AGE = Option.valueOf("maxSnapshotAge");
    public static final Option<Long> MAX_MATERIALIZE_BYTES = Option.valueOf("maxMaterializeBytes");
    public static final Option<Long> WAL_SOFT_LIMIT = Option.valueOf("walSoftLimit");
    public static final Option<Integer> CHUNK_ROWS = Option.valueOf("chunkRows");
    public static final Option<Integer> CHUNK_BYTES = Option.valueOf("chunkBytes");
    public static final Option<Integer> STATEMENT_CACHE_SIZE = Option.valueOf("statementCacheSize");
    public static final Option<Integer> CACHE_SIZE = Option.valueOf("cacheSize");
    public static final Option<Long> MMAP_SIZE = Option.valueOf("mmapSize");
    public static final Option<TempStore> TEMP_STORE = Option.valueOf("tempStore");
    public static final Option<IntegerType> INTEGER_TYPE = Option.valueOf("integerType");
    public static final Option<TemporalStorage> TEMPORAL_STORAGE = Option.valueOf("temporalStorage");
    public static final Option<BooleanStorage> BOOLEAN_STORAGE = Option.valueOf("booleanStorage");
    public static final Option<UuidStorage> UUID_STORAGE = Option.valueOf("uuidStorage");
    public static final Option<SessionKind> SESSION = Option.valueOf("session");
    public static final Option<CheckpointOwner> CHECKPOINTS = Option.valueOf("checkpoints");

    /** Takes a {@link Scheduler} only, and so cannot stand in a URL. */
    public static final Option<Scheduler> EMIT_ON = Option.valueOf("emitOn");

    /** Used by the service loader. */
    public SqliteConnectionFactoryProvider() {}

    /**
     * The option {@code pragma.<name>}: a PRAGMA applied to every physical connection.
     *
     * @throws IllegalArgumentException if that PRAGMA cannot be set by an option
     */
    public static Option<String> pragma(String name) {
        return Option.valueOf("pragma." + Pragmas.name(name));
    }

    /**
     * Reads the options and returns a factory; opens nothing.
     *
     * @throws IllegalArgumentException if an option or the location is not permitted
     */
    @Override
    public SqliteConnectionFactory create(ConnectionFactoryOptions options) {
        return SqliteConnectionFactory.from(SqliteConnectionConfiguration.from(options));
    }

    @Override
    public boolean supports(ConnectionFactoryOptions options) {
        return SQLITE_DRIVER.equals(options.getValue(ConnectionFactoryOptions.DRIVER));
    }

    @Override
    public String getDriver() {
        return SQLITE_DRIVER;
    }
}
