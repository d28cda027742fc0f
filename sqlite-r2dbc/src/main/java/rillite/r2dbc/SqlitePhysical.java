package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;
import rillite.core.PhysicalConnection;

/**
 * One physical connection over sqlite-jdbc's low-level API: no {@code java.sql.ResultSet}, text as bytes, errors with their
 * extended code. Confined to the lane thread that owns it, except {@link #interrupt()}.
 */
final class SqlitePhysical implements PhysicalConnection, SQLiteCommitListener {
    private static final String SAVEPOINT = "rillite_item";

    private static final @Nullable Object[] NOTHING = {};
    private static final int HEAVY = 64 << 10;

    private final SQLiteConnection connection;
    private final DB db;
    private final StatementCache statements;
    private final EngineHooks hooks;
    private boolean utf8 = true;
    private boolean inTransaction;
    private @Nullable Runnable onCommitted;
    private boolean schemaTouched;
    private boolean attachLimited;
    private boolean lookingUp;
    private final ForeignKeyPause foreignKeys = new ForeignKeyPause(this);
    private long written;
    private @Nullable ChangeLog changeLog;

    private SqlitePhysical(SQLiteConnection connection, int cacheSize, EngineHooks hooks) throws SQLException {
        this.connection = connection;
        this.db = connection.getDatabase();
        this.statements = new StatementCache(connection, cacheSize, hooks.counters());
        this.hooks = hooks;
        connection.getConnectionConfig().setAutoCommit(false);
    }

    /** Opens a connection and sends its PRAGMAs; the listener of rollbacks is there before the first statement. */
    static SqlitePhysical open(PhysicalPlan plan, EngineHooks hooks) {
        SQLiteConnection opened = null;
        try {
            Properties properties = new Properties();
            properties.setProperty("jdbc.get_generated_keys", "false");
            properties.setProperty("busy_timeout", Integer.toString(plan.busyTimeoutMillis()));
            properties.setProperty("open_mode", Integer.toString(plan.openFlags()));
            opened = JDBC.createConnection(plan.url(), properties);
            SqlitePhysical physical = new SqlitePhysical(opened, plan.statementCacheSize(), hooks);
            for (SqliteFunction function : plan.functions()) {
                NativeFunction.register(opened, function);
            }
            for (String pragma : plan.pragmas()) {
                physical.exec(pragma);
            }
            plan.limits().forEach(physical::limit);
            physical.attachLimited = plan.limits().containsKey(PhysicalPlan.LIMIT_ATTACHED);
            physical.utf8 = "UTF-8".equals(physical.text("PRAGMA encoding"));
            opened.addCommitListener(physical);
            return physical;
        } catch (SQLException e) {
            closeQuietly(opened, e);
            throw e.getCause() instanceof NativeLibraryNotFoundException library
                    ? Errors.engine(EngineFault.NO_LIBRARY, String.valueOf(library.getMessage()), null, e)
                    : Errors.of(Errors.Phase.PREPARE, code(e), e.getMessage(), null, e);
        } catch (RuntimeException e) {
            closeQuietly(opened, e);
            throw e;
        }
    }

    /** Tells the feed what this connection commits, while somebody listens. */
    void tell(ChangeFeed feed) {
        changeLog = new ChangeLog(connection, feed);
    }

    /** Tells whether SQLite reports row changes of this connection. */
    boolean isWatched() {
        ChangeLog log = changeLog;
        return log != null && log.isListening();
    }

    private static void closeQuietly(@Nullable SQLiteConnection opened, Exception reason) {
        if (opened != null) {
            try {
                opened.close();
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Prepares, or finds, the statement; the caller gives it back. */
    NativeStatement prepare(String sql) {
        foreignKeys.endIfOver();
        try {
            return statements.take(sql);
        } catch (SQLException e) {
            throw error(e, Errors.Phase.PREPARE, sql);
        }
    }

    /**
     * Binds the values and steps once. Returns true when a row stands ready; false when the statement is done and reset.
     * After an error the statement is given back.
     */
    boolean execute(NativeStatement statement, @Nullable Object[] values) {
        statement.heavy |= isHeavy(values);
        starts();
        try {
            boolean row = db.execute(statement.core, values);
            if (!row) {
                ended();
            }
            return row;
        } catch (SQLException e) {
            failed();
            giveBack(statement, spoils(code(e)));
            throw error(e, Errors.Phase.RUN, statement.sql);
        }
    }

    /** Whether a value is so large that a kept statement should not keep it. */
    private static boolean isHeavy(@Nullable Object[] values) {
        for (Object value : values) {
            if (value instanceof byte[] blob && blob.length > HEAVY
                    || value instanceof String text && text.length() > HEAVY) {
                return true;
            }
        }
        return false;
    }

    /** Copies rows from the one that stands ready on; returns whether one stands ready afterwards. */
    boolean pull(NativeStatement statement, RowChunk chunk, int maxRows, long maxBytes) {
        int[] code = {Codes.SQLITE_ROW};
        try {
            SafeStmtPtr pointer = statement.core.pointer;
            pointer.<SQLException>safeRunConsume((native_, address) -> {
                int width = chunk.columns().size();
                int rows = 0;
                while (code[0] == Codes.SQLITE_ROW && rows < maxRows && (rows == 0 || chunk.bytes() < maxBytes)) {
                    for (int column = 0; column < width; column++) {
                        copy(native_, address, column, chunk);
                    }
                    chunk.endRow();
                    rows++;
                    code[0] = native_.step(address);
                }
                if (code[0] != Codes.SQLITE_ROW && code[0] != Codes.SQLITE_DONE) {
                    native_.throwex(code[0]);
                }
            });
            if (code[0] == Codes.SQLITE_DONE) {
                ended();
            }
            return code[0] == Codes.SQLITE_ROW;
        } catch (SQLException e) {
            failed();
            throw error(e, Errors.Phase.RUN, statement.sql);
        }
    }

    private void copy(DB native_, long address, int column, RowChunk chunk) throws SQLException {
        switch (native_.column_type(address, column)) {
            case Codes.SQLITE_INTEGER -> chunk.putLong(native_.column_long(address, column));
            case Codes.SQLITE_FLOAT -> chunk.putDouble(native_.column_double(address, column));
            case Codes.SQLITE_TEXT -> {
                if (utf8) {
                    chunk.putText(bytes(native_, address, column));
                } else {
                    chunk.putText(native_.column_text(address, column));
                }
            }
            case Codes.SQLITE_BLOB -> chunk.putBlob(bytes(native_, address, column));
            default -> chunk.putNull();
        }
    }

    private static byte[] bytes(DB native_, long address, int column) throws SQLException {
        byte[] bytes = native_.column_blob(address, column);
        return bytes == null ? new byte[0] : bytes;
    }

    /** Returns the shape of the running statement. */
    Columns columns(NativeStatement statement, int epoch) {
        try {
            return statement.core.pointer.safeRun((native_, address) -> statement.columns(native_, address, epoch));
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, statement.sql);
        }
    }

    /** Resets the statement and keeps it for the next use. */
    void reset(NativeStatement statement) {
        boolean spoiled = statement.isClosed();
        if (!spoiled) {
            try {
                // the code that reset returns is that of the last step, which has been reported
                int code = statement.core.pointer.safeRunInt(DB::reset);
                if (code == Codes.SQLITE_OK) {
                    ended();
                } else {
                    failed();
                }
            } catch (SQLException e) {
                spoiled = true;
            }
        }
        giveBack(statement, spoiled);
    }

    private void giveBack(NativeStatement statement, boolean spoiled) {
        try {
            if (!spoiled && !statement.isClosed()) {
                statement.core.pointer.safeRunInt(DB::reset);
                lighten(statement);
            }
            statements.giveBack(statement, spoiled);
        } catch (SQLException e) {
            hooks.unexpected("closing a statement", e);
        }
    }

    private static void lighten(NativeStatement statement) throws SQLException {
        if (statement.heavy && !statement.isClosed()) {
            statement.heavy = false;
            statement.core.pointer.safeRunInt(DB::clear_bindings);
        }
    }

    private void starts() {
        ChangeLog log = changeLog;
        if (log != null) {
            log.starts();
        }
    }

    private void ended() {
        ChangeLog log = changeLog;
        if (log != null) {
            log.ended(inTransaction);
        }
    }

    private void failed() {
        ChangeLog log = changeLog;
        if (log != null) {
            log.failed(inTransaction, this::changes);
        }
    }

    /** Gives back a statement that ran to its end and is reset already. */
    void done(NativeStatement statement) {
        try {
            lighten(statement);
            statements.giveBack(statement, false);
        } catch (SQLException e) {
            hooks.unexpected("closing a statement", e);
        }
    }

    /** Returns the number of rows the last completed write changed. */
    long changes() {
        try {
            return db.changes();
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, null);
        }
    }

    /** Adds to the work since the last look at the log, in rough bytes. */
    void wrote(long bytes) {
        written += bytes;
    }

    /** Returns the work since the last call. */
    long takeWritten() {
        long taken = written;
        written = 0;
        return taken;
    }

    /** Runs text without values and without rows. */
    void exec(String sql) {
        foreignKeys.endIfOver();
        execAsItIs(sql);
    }

    /** The same, whatever foreign keys are paused. */
    void execAsItIs(String sql) {
        try {
            int code = db._exec(sql);
            if (code != Codes.SQLITE_OK) {
                db.throwex(code);
            }
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, sql);
        }
        ChangeLog log = changeLog;
        if (log != null) {
            log.executed(sql);
        }
    }

    /** Returns the first column of the first row as text, or null. */
    @Nullable String text(String sql) {
        List<String> found = texts(sql, 1);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Returns the first column of the first rows as text, at most so many; NULL is left out. */
    List<String> texts(String sql, int most) {
        List<String> found = new ArrayList<>(1);
        NativeStatement statement = prepare(sql);
        boolean row = execute(statement, NOTHING);
        if (!row) {
            done(statement);
            return found;
        }
        try {
            statement.core.pointer.<SQLException>safeRunConsume((native_, address) -> {
                int code = Codes.SQLITE_ROW;
                while (code == Codes.SQLITE_ROW && found.size() < most) {
                    String text = native_.column_text(address, 0);
                    if (text != null) {
                        found.add(text);
                    }
                    code = found.size() < most ? native_.step(address) : Codes.SQLITE_DONE;
                }
                if (code != Codes.SQLITE_ROW && code != Codes.SQLITE_DONE) {
                    native_.throwex(code);
                }
            });
            return found;
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, sql);
        } finally {
            reset(statement);
        }
    }

    /** Returns the version of SQLite, such as 3.54.1. */
    String version() {
        try {
            return db.libversion();
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, null);
        }
    }

    /** VACUUM attaches a file of its own, which this connection otherwise may not. */
    void allowAttach(boolean allowed) {
        if (attachLimited) {
            limit(PhysicalPlan.LIMIT_ATTACHED, allowed ? PhysicalPlan.ATTACHED_FOR_VACUUM : 0);
        }
    }

    private void limit(int id, int value) {
        try {
            db.limit(id, value);
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, null);
        }
    }

    /** Remembers that the schema changes with this transaction. */
    void schemaTouched() {
        schemaTouched = true;
        hooks.schemaChanged();
    }

    int schemaEpoch() {
        return hooks.schemaEpoch();
    }

    EngineHooks hooks() {
        return hooks;
    }

    @Override
    public void beginWrite() {
        begin("BEGIN IMMEDIATE");
    }

    @Override
    public boolean beginShared() {
        run("BEGIN");
        return true;
    }

    @Override
    public void endShared() {
        run("COMMIT");
    }

    /** Runs kept text without values: cheaper than {@link #exec} for what runs often. */
    private void run(String sql) {
        NativeStatement statement = prepare(sql);
        execute(statement, NOTHING);
        done(statement);
    }

    void begin(String sql) {
        exec(sql);
        inTransaction = true;
        onCommitted = null;
    }

    /** Starts a transaction and tells when, and only when, it is committed; on the lane, before anybody else is told. */
    void begin(String sql, Runnable committed) {
        begin(sql);
        onCommitted = committed;
    }

    /** The same with foreign keys paused: {@link #commit()} checks them all before it commits. */
    void beginRebuild(String sql, Runnable committed) {
        foreignKeys.start(sql);
        inTransaction = true;
        onCommitted = committed;
    }

    @Override
    public void commit() {
        foreignKeys.check();
        exec("COMMIT");
        inTransaction = false;
        Runnable told = onCommitted;
        onCommitted = null;
        if (told != null) {
            told.run();
        }
        schemaSettled();
        foreignKeys.endQuietly(hooks);
    }

    @Override
    public void rollback() {
        if (inTransaction) {
            try {
                exec("ROLLBACK");
            } finally {
                rolledBack();
            }
        }
        foreignKeys.endQuietly(hooks);
    }

    /** Ends the watch over a schema change that committed by itself. */
    void schemaSettledIfIdle() {
        if (!inTransaction) {
            schemaSettled();
        }
    }

    private void schemaSettled() {
        if (schemaTouched) {
            schemaTouched = false;
            hooks.schemaChanged();
        }
    }

    @Override
    public boolean inTransaction() {
        return inTransaction;
    }

    @Override
    public void savepoint() {
        exec("SAVEPOINT " + SAVEPOINT);
    }

    @Override
    public void releaseSavepoint() {
        exec("RELEASE " + SAVEPOINT);
    }

    @Override
    public void rollbackToSavepoint() {
        exec("ROLLBACK TO " + SAVEPOINT);
        exec("RELEASE " + SAVEPOINT);
    }

    /** Runs work of several statements in the open transaction, all or nothing. */
    <R> R guarded(Supplier<R> work) {
        savepoint();
        R result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            if (inTransaction) {
                rollbackToSavepoint();
            }
            throw e;
        }
        releaseSavepoint();
        return result;
    }

    /** SQLite commits or rolls back by itself too; only the second one needs to be told. */
    @Override
    public void onCommit() {}

    @Override
    public void onRollback() {
        rolledBack();
    }

    private void rolledBack() {
        inTransaction = false;
        ChangeLog log = changeLog;
        if (log != null) {
            log.clear();
        }
        schemaSettled();
    }

    @Override
    public void interrupt() {
        try {
            db.interrupt();
        } catch (SQLException e) {
            hooks.unexpected("interrupting a statement", e);
        }
    }

    @Override
    public Failure classify(Throwable error, Phase phase) {
        if (!(error instanceof R2dbcException known)) {
            return phase == Phase.STATEMENT ? Failure.STATEMENT : Failure.NOT_APPLIED;
        }
        return FailureRules.of(known.getErrorCode(), phase);
    }

    @Override
    public void afterWrites(boolean idle) {
        hooks.afterWrites(this, idle);
    }

    @Override
    public void close() {
        try {
            statements.clear();
        } catch (SQLException e) {
            hooks.unexpected("closing statements", e);
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw error(e, Errors.Phase.RUN, null);
        }
    }

    private static boolean spoils(int code) {
        int primary = code & 0xFF;
        return primary != Codes.SQLITE_BUSY && primary != Codes.SQLITE_LOCKED && primary != Codes.SQLITE_CONSTRAINT;
    }

    private R2dbcException error(SQLException e, Errors.Phase phase, @Nullable String sql) {
        int code = code(e);
        if (code == Codes.SQLITE_INTERRUPT && hooks.closing()) {
            return Errors.engine(EngineFault.INTERRUPTED_BY_CLOSE, "The statement was interrupted", sql, e);
        }
        return Errors.of(phase, code, e.getMessage(), sql, nearby(code, e.getMessage(), sql), e);
    }

    /** The names among which a missing one may be meant; empty while they are being looked up. */
    private List<String> nearby(int code, @Nullable String message, @Nullable String sql) {
        MissingObject missing = sql == null || lookingUp ? null : Errors.missing(code, message);
        if (missing == null || sql == null) {
            return List.of();
        }
        lookingUp = true;
        try {
            return SchemaNames.near(this, missing, sql);
        } finally {
            lookingUp = false;
        }
    }

    private static int code(SQLException e) {
        return e instanceof SQLiteException known && known.getResultCode().code > 0
                ? known.getResultCode().code
                : e.getErrorCode();
    }
}
