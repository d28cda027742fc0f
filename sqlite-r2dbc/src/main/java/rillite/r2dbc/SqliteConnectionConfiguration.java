package rillite.r2dbc;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Everything a connection factory needs to know: where the database is and how it is used. Immutable and safe to share.
 *
 * <p>Made by {@link #builder()}, from the options of the SPI by {@link #from(ConnectionFactoryOptions)}, or from text by
 * {@link #fromUrl(String)}. Values out of bounds and combinations that cannot work are refused with an
 * IllegalArgumentException that quotes the value, the option and what is permitted. Nothing is opened or read from disk.
 *
 * <p>Durations may be at most 3,650 days.
 */
public final class SqliteConnectionConfiguration {
    private final DatabaseLocation location;
    private final Map<Setting<?>, Object> chosen;
    private final Map<Setting<?>, Object> effective;
    private final SortedMap<String, String> pragmas;
    private final @Nullable Scheduler emitOn;
    private final List<SqliteFunction> functions;
    private final SessionSettings settings;

    private SqliteConnectionConfiguration(Builder builder, DatabaseLocation location) {
        this.location = location;
        this.chosen = Map.copyOf(builder.chosen);
        this.pragmas = Collections.unmodifiableSortedMap(new TreeMap<>(builder.pragmas));
        this.emitOn = builder.emitOn;
        this.functions = List.copyOf(builder.functions);
        this.effective = ConfigurationRules.effective(location, chosen);
        this.settings = SessionSettings.of(this);
    }

    /** A builder without a location, everything else at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads options of the SPI, each typed or as a String.
     *
     * <p>Ignored with a warning, logged once: {@code user}, {@code port}, {@code ssl=false}, a local {@code host}, and
     * names close to one of ours. Refused: {@code password}, {@code ssl}, any other {@code host} (a URL with two slashes
     * instead of three), {@code loadExtension} and {@code enable_load_extension}.
     *
     * @throws IllegalArgumentException if an option or the location is not permitted
     */
    public static SqliteConnectionConfiguration from(ConnectionFactoryOptions options) {
        Objects.requireNonNull(options, "options must not be null");
        return OptionsReader.read(OptionsReader.entries(options));
    }

    /**
     * Reads a {@code r2dbc:sqlite:} URL, and also what the SPI's own parser refuses: {@code jdbc:sqlite:app.db},
     * {@code r2dbc:sqlite:app.db}, a bare path and {@code :memory:}.
     *
     * <p>The query of a {@code jdbc:sqlite:} URL holds options of this driver; their names may also be written as there
     * ({@code journal_mode}), and {@code busy_timeout} in milliseconds sets the lock wait timeout.
     *
     * @throws IllegalArgumentException if the URL is of another kind, or an option or the location is not permitted
     */
    public static SqliteConnectionConfiguration fromUrl(String url) {
        Objects.requireNonNull(url, "url must not be null");
        return OptionsReader.read(UrlReader.entries(url.trim()));
    }

    /** A builder that starts with what was chosen here; derived defaults are derived anew. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.location = location;
        builder.chosen.putAll(chosen);
        builder.pragmas.putAll(pragmas);
        builder.emitOn = emitOn;
        builder.functions.addAll(functions);
        return builder;
    }

    /** Where the database is, as typed. */
    public DatabaseLocation location() {
        return location;
    }

    /** How the file is opened; {@link OpenMode#RWC} by default, {@link OpenMode#RO} with {@link #immutable()}. */
    public OpenMode mode() {
        return get(Settings.MODE);
    }

    /**
     * True if nobody changes the file while it is open, so that no lock is taken; implies {@code mode=ro}; false by
     * default.
     */
    public boolean immutable() {
        return get(Settings.IMMUTABLE);
    }

    /** WAL by default, MEMORY in memory; with any other mode than WAL one connection serves everything. */
    public JournalMode journalMode() {
        return get(Settings.JOURNAL_MODE);
    }

    /** When SQLite waits for the disk; {@link Synchronous#FULL} by default. */
    public Synchronous synchronous() {
        return get(Settings.SYNCHRONOUS);
    }

    /** Whether foreign keys are enforced; true by default. */
    public boolean foreignKeys() {
        return get(Settings.FOREIGN_KEYS);
    }

    /** Whether views and triggers of the file may call functions with side effects; false by default. */
    public boolean trustedSchema() {
        return get(Settings.TRUSTED_SCHEMA);
    }

    /** Whether pages are checked as they are read; true by default. */
    public boolean cellSizeCheck() {
        return get(Settings.CELL_SIZE_CHECK);
    }

    /** How write transactions begin; {@link SqliteTransactionMode#IMMEDIATE} by default. */
    public SqliteTransactionMode transactionMode() {
        return get(Settings.TRANSACTION_MODE);
    }

    /** Whether waiting autocommit writes share a commit; true by default. */
    public boolean groupCommit() {
        return get(Settings.GROUP_COMMIT);
    }

    /** Most statements of one shared commit, 1 to 100,000; 128 by default. */
    public int groupCommitMaxStatements() {
        return get(Settings.GROUP_COMMIT_MAX_STATEMENTS);
    }

    /** Threads that read, 0 to 256; min(8, cores) by default. Always 0 in memory and, unless read only, without WAL. */
    public int readerThreads() {
        return get(Settings.READER_THREADS);
    }

    /**
     * Most physical reading connections, 1 to 1,000 and not below {@link #readerThreads()}; 64 by default. 0 without
     * reader threads.
     */
    public int maxReaderConnections() {
        return get(Settings.MAX_READER_CONNECTIONS);
    }

    /**
     * Most cursors that hold a connection between two chunks; by default {@link #maxReaderConnections()} minus {@link
     * #readerThreads()}, so that short reads always find a connection. 0 without reader threads.
     */
    public int maxOpenCursors() {
        return get(Settings.MAX_OPEN_CURSORS);
    }

    /**
     * Most reads that may wait for a connection; 65,536 by default. Beyond it a read fails at once with SQLState
     * 53400.
     */
    public int readerQueueLimit() {
        return get(Settings.READER_QUEUE_LIMIT);
    }

    /**
     * Most commands that may wait for the writer; 8,192 by default. Beyond it a write fails at once with SQLState
     * 53400.
     */
    public int writerQueueLimit() {
        return get(Settings.WRITER_QUEUE_LIMIT);
    }

    /** Most bytes of bound values that may wait for the writer; 64 MiB by default. */
    public long writerQueueBytes() {
        return get(Settings.WRITER_QUEUE_BYTES);
    }

    /** Longest wait for the writer or for another process, queue included; 30 s by default, 0 sets no limit. */
    public Duration lockWaitTimeout() {
        return get(Settings.LOCK_WAIT_TIMEOUT);
    }

    /** Longest time until a statement's first response; 0, the default, sets no limit. */
    public Duration statementTimeout() {
        return get(Settings.STATEMENT_TIMEOUT);
    }

    /** Longest time to open the database; 10 s by default, 0 sets no limit. */
    public Duration connectTimeout() {
        return get(Settings.CONNECT_TIMEOUT);
    }

    /** Longest time a write transaction may hold the writer without a command; 30 s by default, 0 sets no limit. */
    public Duration transactionIdleTimeout() {
        return get(Settings.TRANSACTION_IDLE_TIMEOUT);
    }

    /** Longest time a cursor may hold a connection without demand; 30 s by default, 0 sets no limit. */
    public Duration cursorIdleTimeout() {
        return get(Settings.CURSOR_IDLE_TIMEOUT);
    }

    /** Longest time a cursor may hold its snapshot; 60 s by default, 0 sets no limit. */
    public Duration maxSnapshotAge() {
        return get(Settings.MAX_SNAPSHOT_AGE);
    }

    /** Most bytes of rows taken to the heap to free a connection; 4 MiB by default. */
    public long maxMaterializeBytes() {
        return get(Settings.MAX_MATERIALIZE_BYTES);
    }

    /** Size of the write-ahead log in bytes above which old snapshots are ended; 64 MiB by default. */
    public long walSoftLimit() {
        return get(Settings.WAL_SOFT_LIMIT);
    }

    /** Most rows read in one go, 1 to 1,000,000; grows to 1,024 by default. */
    public int chunkRows() {
        return get(Settings.CHUNK_ROWS);
    }

    /** Bytes after which reading in one go stops, 1 to 1 GiB; 256 KiB by default. */
    public int chunkBytes() {
        return get(Settings.CHUNK_BYTES);
    }

    /** Prepared statements kept per physical connection, 0 to 100,000; 256 by default. */
    public int statementCacheSize() {
        return get(Settings.STATEMENT_CACHE_SIZE);
    }

    /** Page cache per physical connection: pages if positive, KiB if negative; -2000 by default. */
    public int cacheSize() {
        return get(Settings.CACHE_SIZE);
    }

    /** Bytes of the file mapped into memory; 0 by default. */
    public long mmapSize() {
        return get(Settings.MMAP_SIZE);
    }

    /** Where temporary data lives; {@link TempStore#DEFAULT} by default. */
    public TempStore tempStore() {
        return get(Settings.TEMP_STORE);
    }

    /** Java type of an untyped INTEGER; {@link IntegerType#NARROW} by default. */
    public IntegerType integerType() {
        return get(Settings.INTEGER_TYPE);
    }

    /** How date-time values are stored; {@link TemporalStorage#TEXT} by default. */
    public TemporalStorage temporalStorage() {
        return get(Settings.TEMPORAL_STORAGE);
    }

    /** How Boolean values are stored; {@link BooleanStorage#INTEGER} by default. */
    public BooleanStorage booleanStorage() {
        return get(Settings.BOOLEAN_STORAGE);
    }

    /** How UUID values are stored; {@link UuidStorage#TEXT} by default. */
    public UuidStorage uuidStorage() {
        return get(Settings.UUID_STORAGE);
    }

    /** Whether a connection has a physical connection for itself; {@link SessionKind#SHARED} by default. */
    public SessionKind session() {
        return get(Settings.SESSION_KIND);
    }

    /** Who runs checkpoints; {@link CheckpointOwner#ENGINE} by default. */
    public CheckpointOwner checkpoints() {
        return get(Settings.CHECKPOINTS);
    }

    /**
     * PRAGMAs for every physical connection, by lower-case name, values in the form SQLite takes them.
     *
     * <p>{@code page_size}, {@code auto_vacuum} and {@code encoding} only have an effect on a new file, and only when
     * they are sent before the journal mode is set.
     */
    public SortedMap<String, String> pragmas() {
        return pragmas;
    }

    /** The scheduler on which signals reach user code, or null for the engine's own threads. */
    public @Nullable Scheduler emitOn() {
        return emitOn;
    }

    /** Functions of the application, registered on every physical connection; none by default. */
    public List<SqliteFunction> functions() {
        return functions;
    }

    /**
     * The engine-level options in which another configuration differs: those on which all factories on one database
     * have to agree because they share its engine. Location, timeouts of statements and connections, session kind,
     * transaction mode, storage forms and {@link #emitOn()} are not among them.
     *
     * @return texts such as {@code synchronous=FULL (other: NORMAL)}, in the order of the documentation; empty if the
     *     two can share an engine
     */
    public List<String> differences(SqliteConnectionConfiguration other) {
        List<String> differences = new ArrayList<>();
        for (Setting<?> setting : Settings.ALL) {
            Object mine = effective.get(setting);
            Object theirs = other.effective.get(setting);
            if (setting.engineLevel() && !Objects.equals(mine, theirs)) {
                differences.add(setting.name() + "=" + mine + " (other: " + theirs + ")");
            }
        }
        TreeMap<String, String> names = new TreeMap<>(pragmas);
        names.putAll(other.pragmas);
        for (String name : names.keySet()) {
            String mine = pragmas.getOrDefault(name, "unset");
            String theirs = other.pragmas.getOrDefault(name, "unset");
            if (!mine.equals(theirs)) {
                differences.add("pragma." + name + "=" + mine + " (other: " + theirs + ")");
            }
        }
        if (!functions.equals(other.functions)) {
            differences.add("functions=" + names(functions) + " (other: " + names(other.functions) + ")");
        }
        return List.copyOf(differences);
    }

    private static List<String> names(List<SqliteFunction> functions) {
        return functions.stream().map(SqliteFunction::name).toList();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof SqliteConnectionConfiguration other
                && location.equals(other.location)
                && effective.equals(other.effective)
                && pragmas.equals(other.pragmas)
                && Objects.equals(emitOn, other.emitOn)
                && functions.equals(other.functions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(location, effective, pragmas, emitOn, functions);
    }

    /** The location and what was chosen; defaults are left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SqliteConnectionConfiguration{").append(location);
        for (Setting<?> setting : Settings.ALL) {
            Object value = chosen.get(setting);
            if (value != null) {
                text.append(", ").append(setting.name()).append('=').append(value);
            }
        }
        pragmas.forEach((name, value) ->
                text.append(", pragma.").append(name).append('=').append(value));
        return text.append(emitOn == null ? "}" : ", emitOn=" + emitOn + "}").toString();
    }

    SessionSettings settings() {
        return settings;
    }

    private <T> T get(Setting<T> setting) {
        Object value = effective.get(setting);
        return value == null ? setting.fallback() : setting.cast(value);
    }

    /** Collects settings; each setter checks its value at once. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<Setting<?>, Object> chosen = new HashMap<>();
        private final SortedMap<String, String> pragmas = new TreeMap<>();
        private @Nullable DatabaseLocation location;
        private @Nullable Scheduler emitOn;
        private final List<SqliteFunction> functions = new ArrayList<>();

        private Builder() {}

        /** Sets the location. */
        public Builder location(DatabaseLocation location) {
            this.location = Objects.requireNonNull(location, "location must not be null");
            return this;
        }

        /** Sets a database file as the location. */
        public Builder file(Path path) {
            return location(new DatabaseLocation.File(Objects.requireNonNull(path, "path must not be null")));
        }

        /** Sets a private in-memory database as the location. */
        public Builder memory() {
            return location(new DatabaseLocation.Memory(null));
        }

        /** Sets an in-memory database as the location that factories of this process share by its name. */
        public Builder memory(String name) {
            return location(new DatabaseLocation.Memory(Objects.requireNonNull(name, "name must not be null")));
        }

        /** Sets {@link SqliteConnectionConfiguration#mode()}. */
        public Builder mode(OpenMode mode) {
            return set(Settings.MODE, mode);
        }

        /** Sets {@link SqliteConnectionConfiguration#immutable()}. */
        public Builder immutable(boolean immutable) {
            return set(Settings.IMMUTABLE, immutable);
        }

        /** Sets {@link SqliteConnectionConfiguration#journalMode()}. */
        public Builder journalMode(JournalMode journalMode) {
            return set(Settings.JOURNAL_MODE, journalMode);
        }

        /** Sets {@link SqliteConnectionConfiguration#synchronous()}. */
        public Builder synchronous(Synchronous synchronous) {
            return set(Settings.SYNCHRONOUS, synchronous);
        }

        /** Sets {@link SqliteConnectionConfiguration#foreignKeys()}. */
        public Builder foreignKeys(boolean foreignKeys) {
            return set(Settings.FOREIGN_KEYS, foreignKeys);
        }

        /** Sets {@link SqliteConnectionConfiguration#trustedSchema()}. */
        public Builder trustedSchema(boolean trustedSchema) {
            return set(Settings.TRUSTED_SCHEMA, trustedSchema);
        }

        /** Sets {@link SqliteConnectionConfiguration#cellSizeCheck()}. */
        public Builder cellSizeCheck(boolean cellSizeCheck) {
            return set(Settings.CELL_SIZE_CHECK, cellSizeCheck);
        }

        /** Sets {@link SqliteConnectionConfiguration#transactionMode()}. */
        public Builder transactionMode(SqliteTransactionMode transactionMode) {
            return set(Settings.TRANSACTION_MODE, transactionMode);
        }

        /** Sets {@link SqliteConnectionConfiguration#groupCommit()}. */
        public Builder groupCommit(boolean groupCommit) {
            return set(Settings.GROUP_COMMIT, groupCommit);
        }

        /** Sets {@link SqliteConnectionConfiguration#groupCommitMaxStatements()}. */
        public Builder groupCommitMaxStatements(int groupCommitMaxStatements) {
            return set(Settings.GROUP_COMMIT_MAX_STATEMENTS, groupCommitMaxStatements);
        }

        /** Sets {@link SqliteConnectionConfiguration#readerThreads()}. */
        public Builder readerThreads(int readerThreads) {
            return set(Settings.READER_THREADS, readerThreads);
        }

        /** Sets {@link SqliteConnectionConfiguration#maxReaderConnections()}. */
        public Builder maxReaderConnections(int maxReaderConnections) {
            return set(Settings.MAX_READER_CONNECTIONS, maxReaderConnections);
        }

        /** Sets {@link SqliteConnectionConfiguration#maxOpenCursors()}. */
        public Builder maxOpenCursors(int maxOpenCursors) {
            return set(Settings.MAX_OPEN_CURSORS, maxOpenCursors);
        }

        /** Sets {@link SqliteConnectionConfiguration#readerQueueLimit()}. */
        public Builder readerQueueLimit(int readerQueueLimit) {
            return set(Settings.READER_QUEUE_LIMIT, readerQueueLimit);
        }

        /** Sets {@link SqliteConnectionConfiguration#writerQueueLimit()}. */
        public Builder writerQueueLimit(int writerQueueLimit) {
            return set(Settings.WRITER_QUEUE_LIMIT, writerQueueLimit);
        }

        /** Sets {@link SqliteConnectionConfiguration#writerQueueBytes()}. */
        public Builder writerQueueBytes(long writerQueueBytes) {
            return set(Settings.WRITER_QUEUE_BYTES, writerQueueBytes);
        }

        /** Sets {@link SqliteConnectionConfiguration#lockWaitTimeout()}. */
        public Builder lockWaitTimeout(Duration lockWaitTimeout) {
            return set(Settings.LOCK_WAIT_TIMEOUT, lockWaitTimeout);
        }

        /** Sets {@link SqliteConnectionConfiguration#statementTimeout()}. */
        public Builder statementTimeout(Duration statementTimeout) {
            return set(Settings.STATEMENT_TIMEOUT, statementTimeout);
        }

        /** Sets {@link SqliteConnectionConfiguration#connectTimeout()}. */
        public Builder connectTimeout(Duration connectTimeout) {
            return set(Settings.CONNECT_TIMEOUT, connectTimeout);
        }

        /** Sets {@link SqliteConnectionConfiguration#transactionIdleTimeout()}. */
        public Builder transactionIdleTimeout(Duration transactionIdleTimeout) {
            return set(Settings.TRANSACTION_IDLE_TIMEOUT, transactionIdleTimeout);
        }

        /** Sets {@link SqliteConnectionConfiguration#cursorIdleTimeout()}. */
        public Builder cursorIdleTimeout(Duration cursorIdleTimeout) {
            return set(Settings.CURSOR_IDLE_TIMEOUT, cursorIdleTimeout);
        }

        /** Sets {@link SqliteConnectionConfiguration#maxSnapshotAge()}. */
        public Builder maxSnapshotAge(Duration maxSnapshotAge) {
            return set(Settings.MAX_SNAPSHOT_AGE, maxSnapshotAge);
        }

        /** Sets {@link SqliteConnectionConfiguration#maxMaterializeBytes()}. */
        public Builder maxMaterializeBytes(long maxMaterializeBytes) {
            return set(Settings.MAX_MATERIALIZE_BYTES, maxMaterializeBytes);
        }

        /** Sets {@link SqliteConnectionConfiguration#walSoftLimit()}. */
        public Builder walSoftLimit(long walSoftLimit) {
            return set(Settings.WAL_SOFT_LIMIT, walSoftLimit);
        }

        /** Sets {@link SqliteConnectionConfiguration#chunkRows()}. */
        public Builder chunkRows(int chunkRows) {
            return set(Settings.CHUNK_ROWS, chunkRows);
        }

        /** Sets {@link SqliteConnectionConfiguration#chunkBytes()}. */
        public Builder chunkBytes(int chunkBytes) {
            return set(Settings.CHUNK_BYTES, chunkBytes);
        }

        /** Sets {@link SqliteConnectionConfiguration#statementCacheSize()}. */
        public Builder statementCacheSize(int statementCacheSize) {
            return set(Settings.STATEMENT_CACHE_SIZE, statementCacheSize);
        }

        /** Sets {@link SqliteConnectionConfiguration#cacheSize()}. */
        public Builder cacheSize(int cacheSize) {
            return set(Settings.CACHE_SIZE, cacheSize);
        }

        /** Sets {@link SqliteConnectionConfiguration#mmapSize()}. */
        public Builder mmapSize(long mmapSize) {
            return set(Settings.MMAP_SIZE, mmapSize);
        }

        /** Sets {@link SqliteConnectionConfiguration#tempStore()}. */
        public Builder tempStore(TempStore tempStore) {
            return set(Settings.TEMP_STORE, tempStore);
        }

        /** Sets {@link SqliteConnectionConfiguration#integerType()}. */
        public Builder integerType(IntegerType integerType) {
            return set(Settings.INTEGER_TYPE, integerType);
        }

        /** Sets {@link SqliteConnectionConfiguration#temporalStorage()}. */
        public Builder temporalStorage(TemporalStorage temporalStorage) {
            return set(Settings.TEMPORAL_STORAGE, temporalStorage);
        }

        /** Sets {@link SqliteConnectionConfiguration#booleanStorage()}. */
        public Builder booleanStorage(BooleanStorage booleanStorage) {
            return set(Settings.BOOLEAN_STORAGE, booleanStorage);
        }

        /** Sets {@link SqliteConnectionConfiguration#uuidStorage()}. */
        public Builder uuidStorage(UuidStorage uuidStorage) {
            return set(Settings.UUID_STORAGE, uuidStorage);
        }

        /** Sets {@link SqliteConnectionConfiguration#session()}. */
        public Builder session(SessionKind session) {
            return set(Settings.SESSION_KIND, session);
        }

        /** Sets {@link SqliteConnectionConfiguration#checkpoints()}. */
        public Builder checkpoints(CheckpointOwner checkpoints) {
            return set(Settings.CHECKPOINTS, checkpoints);
        }

        /**
         * Sets one PRAGMA for every physical connection.
         *
         * @throws IllegalArgumentException if the PRAGMA or its value is not on the list of permitted ones
         */
        public Builder pragma(String name, String value) {
            String canonical = Pragmas.name(name);
            pragmas.put(canonical, Pragmas.value(canonical, value));
            return this;
        }

        /** Adds a function to {@link SqliteConnectionConfiguration#functions()}. */
        public Builder function(SqliteFunction function) {
            functions.add(Objects.requireNonNull(function, "function must not be null"));
            return this;
        }

        /** Sets {@link SqliteConnectionConfiguration#emitOn()}; null goes back to the engine's own threads. */
        public Builder emitOn(@Nullable Scheduler emitOn) {
            this.emitOn = emitOn;
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @throws IllegalArgumentException if no location is set or the settings do not go together
         */
        public SqliteConnectionConfiguration build() {
            if (location == null) {
                throw new IllegalArgumentException("No database is named; call file(path) or memory()");
            }
            return new SqliteConnectionConfiguration(this, location);
        }

        Builder set(Setting<?> setting, Object value) {
            chosen.put(setting, setting.read(Objects.requireNonNull(value, setting.name() + " must not be null")));
            return this;
        }
    }
}
