package rillite.r2dbc;

import java.time.Duration;
import java.util.List;

/** The table of all settings; location, PRAGMAs and the emission scheduler stand beside it in the configuration. */
final class Settings {
    private static final boolean ENGINE = true;
    private static final boolean SESSION = false;
    private static final int MANY = 10_000_000;
    private static final long MIB = 1024L * 1024;

    static final Setting<OpenMode> MODE = Setting.choice(SqliteConnectionFactoryProvider.MODE, OpenMode.RWC, ENGINE);
    static final Setting<Boolean> IMMUTABLE = Setting.flag(SqliteConnectionFactoryProvider.IMMUTABLE, false, ENGINE);
    static final Setting<JournalMode> JOURNAL_MODE =
            Setting.choice(SqliteConnectionFactoryProvider.JOURNAL_MODE, JournalMode.WAL, ENGINE);
    static final Setting<Synchronous> SYNCHRONOUS =
            Setting.choice(SqliteConnectionFactoryProvider.SYNCHRONOUS, Synchronous.FULL, ENGINE);
    static final Setting<Boolean> FOREIGN_KEYS =
            Setting.flag(SqliteConnectionFactoryProvider.FOREIGN_KEYS, true, ENGINE);
    static final Setting<Boolean> TRUSTED_SCHEMA =
            Setting.flag(SqliteConnectionFactoryProvider.TRUSTED_SCHEMA, false, ENGINE);
    static final Setting<Boolean> CELL_SIZE_CHECK =
            Setting.flag(SqliteConnectionFactoryProvider.CELL_SIZE_CHECK, true, ENGINE);
    static final Setting<SqliteTransactionMode> TRANSACTION_MODE =
            Setting.choice(SqliteConnectionFactoryProvider.TRANSACTION_MODE, SqliteTransactionMode.IMMEDIATE, SESSION);
    static final Setting<Boolean> GROUP_COMMIT =
            Setting.flag(SqliteConnectionFactoryProvider.GROUP_COMMIT, true, ENGINE);
    static final Setting<Integer> GROUP_COMMIT_MAX_STATEMENTS =
            Setting.integer(SqliteConnectionFactoryProvider.GROUP_COMMIT_MAX_STATEMENTS, 128, 1, 100_000, ENGINE);
    static final Setting<Integer> READER_THREADS = Setting.integer(
            SqliteConnectionFactoryProvider.READER_THREADS,
            Math.min(8, Runtime.getRuntime().availableProcessors()),
            0,
            256,
            ENGINE);
    static final Setting<Integer> MAX_READER_CONNECTIONS =
            Setting.integer(SqliteConnectionFactoryProvider.MAX_READER_CONNECTIONS, 64, 1, 1000, ENGINE);
    static final Setting<Integer> MAX_OPEN_CURSORS =
            Setting.integer(SqliteConnectionFactoryProvider.MAX_OPEN_CURSORS, 56, 0, 1000, ENGINE);
    static final Setting<Integer> READER_QUEUE_LIMIT =
            Setting.integer(SqliteConnectionFactoryProvider.READER_QUEUE_LIMIT, 65_536, 1, MANY, ENGINE);
    static final Setting<Integer> WRITER_QUEUE_LIMIT =
            Setting.integer(SqliteConnectionFactoryProvider.WRITER_QUEUE_LIMIT, 8192, 1, MANY, ENGINE);
    static final Setting<Long> WRITER_QUEUE_BYTES =
            Setting.bytes(SqliteConnectionFactoryProvider.WRITER_QUEUE_BYTES, 64 * MIB, 1, ENGINE);
    static final Setting<Duration> LOCK_WAIT_TIMEOUT =
            Setting.duration(SqliteConnectionFactoryProvider.LOCK_WAIT_TIMEOUT, "PT30S", SESSION);
    static final Setting<Duration> STATEMENT_TIMEOUT =
            Setting.duration(SqliteConnectionFactoryProvider.STATEMENT_TIMEOUT, "PT0S", SESSION);
    static final Setting<Duration> CONNECT_TIMEOUT =
            Setting.duration(SqliteConnectionFactoryProvider.CONNECT_TIMEOUT, "PT10S", SESSION);
    static final Setting<Duration> TRANSACTION_IDLE_TIMEOUT =
            Setting.duration(SqliteConnectionFactoryProvider.TRANSACTION_IDLE_TIMEOUT, "PT30S", ENGINE);
    static final Setting<Duration> CURSOR_IDLE_TIMEOUT =
            Setting.duration(SqliteConnectionFactoryProvider.CURSOR_IDLE_TIMEOUT, "PT30S", ENGINE);
    static final Setting<Duration> MAX_SNAPSHOT_AGE =
            Setting.duration(SqliteConnectionFactoryProvider.MAX_SNAPSHOT_AGE, "PT1M", ENGINE);
    static final Setting<Long> MAX_MATERIALIZE_BYTES =
            Setting.bytes(SqliteConnectionFactoryProvider.MAX_MATERIALIZE_BYTES, 4 * MIB, 0, ENGINE);
    static final Setting<Long> WAL_SOFT_LIMIT =
            Setting.bytes(SqliteConnectionFactoryProvider.WAL_SOFT_LIMIT, 64 * MIB, 1, ENGINE);
    static final Setting<Integer> CHUNK_ROWS =
            Setting.integer(SqliteConnectionFactoryProvider.CHUNK_ROWS, 1024, 1, 1_000_000, ENGINE);
    static final Setting<Integer> CHUNK_BYTES =
            Setting.integer(SqliteConnectionFactoryProvider.CHUNK_BYTES, 256 * 1024, 1, 1 << 30, ENGINE);
    static final Setting<Integer> STATEMENT_CACHE_SIZE =
            Setting.integer(SqliteConnectionFactoryProvider.STATEMENT_CACHE_SIZE, 256, 0, 100_000, ENGINE);
    static final Setting<Integer> CACHE_SIZE = Setting.integer(
            SqliteConnectionFactoryProvider.CACHE_SIZE, -2000, -Integer.MAX_VALUE, Integer.MAX_VALUE, ENGINE);
    static final Setting<Long> MMAP_SIZE = Setting.bytes(SqliteConnectionFactoryProvider.MMAP_SIZE, 0, 0, ENGINE);
    static final Setting<TempStore> TEMP_STORE =
            Setting.choice(SqliteConnectionFactoryProvider.TEMP_STORE, TempStore.DEFAULT, ENGINE);
    static final Setting<IntegerType> INTEGER_TYPE =
            Setting.choice(SqliteConnectionFactoryProvider.INTEGER_TYPE, IntegerType.NARROW, SESSION);
    static final Setting<TemporalStorage> TEMPORAL_STORAGE =
            Setting.choice(SqliteConnectionFactoryProvider.TEMPORAL_STORAGE, TemporalStorage.TEXT, SESSION);
    static final Setting<BooleanStorage> BOOLEAN_STORAGE =
            Setting.choice(SqliteConnectionFactoryProvider.BOOLEAN_STORAGE, BooleanStorage.INTEGER, SESSION);
    static final Setting<UuidStorage> UUID_STORAGE =
            Setting.choice(SqliteConnectionFactoryProvider.UUID_STORAGE, UuidStorage.TEXT, SESSION);
    static final Setting<SessionKind> SESSION_KIND =
            Setting.choice(SqliteConnectionFactoryProvider.SESSION, SessionKind.SHARED, SESSION);
    static final Setting<CheckpointOwner> CHECKPOINTS =
            Setting.choice(SqliteConnectionFactoryProvider.CHECKPOINTS, CheckpointOwner.ENGINE, ENGINE);

    /** Every setting, in the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(
            MODE,
            IMMUTABLE,
            JOURNAL_MODE,
            SYNCHRONOUS,
            FOREIGN_KEYS,
            TRUSTED_SCHEMA,
            CELL_SIZE_CHECK,
            TRANSACTION_MODE,
            GROUP_COMMIT,
            GROUP_COMMIT_MAX_STATEMENTS,
            READER_THREADS,
            MAX_READER_CONNECTIONS,
            MAX_OPEN_CURSORS,
            READER_QUEUE_LIMIT,
            WRITER_QUEUE_LIMIT,
            WRITER_QUEUE_BYTES,
            LOCK_WAIT_TIMEOUT,
            STATEMENT_TIMEOUT,
            CONNECT_TIMEOUT,
            TRANSACTION_IDLE_TIMEOUT,
            CURSOR_IDLE_TIMEOUT,
            MAX_SNAPSHOT_AGE,
            MAX_MATERIALIZE_BYTES,
            WAL_SOFT_LIMIT,
            CHUNK_ROWS,
            CHUNK_BYTES,
            STATEMENT_CACHE_SIZE,
            CACHE_SIZE,
            MMAP_SIZE,
            TEMP_STORE,
            INTEGER_TYPE,
            TEMPORAL_STORAGE,
            BOOLEAN_STORAGE,
            UUID_STORAGE,
            SESSION_KIND,
            CHECKPOINTS);

    private Settings() {}
}
