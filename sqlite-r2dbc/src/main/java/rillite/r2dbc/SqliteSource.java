package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rillite.core.ConnectionSource;
import rillite.core.LaneException;

/** Opens the physical connections of one engine. */
final class SqliteSource implements ConnectionSource<SqlitePhysical> {
    private static final long AGAIN_NANOS = 10_000_000;
    private static final long MARGIN_NANOS = 200_000_000;

    private final SqliteConnectionConfiguration configuration;
    private final @Nullable Path file;
    private final EngineHooks hooks;
    private final EngineWarnings warnings;
    private volatile boolean given;

    SqliteSource(
            SqliteConnectionConfiguration configuration,
            @Nullable Path file,
            EngineHooks hooks,
            EngineWarnings warnings) {
        this.configuration = configuration;
        this.file = file;
        this.hooks = hooks;
        this.warnings = warnings;
    }

    @Override
    public SqlitePhysical openWriter() {
        return patiently(() -> {
            SqlitePhysical writer = open(PhysicalPlan.Role.WRITER);
            try {
                // the first read shows a file that is no database, which opening alone does not
                writer.text("PRAGMA schema_version");
                journal(writer);
                hooks.version(writer.version());
                warnings.opened(writer.version());
                return writer;
            } catch (RuntimeException e) {
                writer.close();
                throw e;
            }
        });
    }

    private void journal(SqlitePhysical writer) {
        if (file == null || configuration.mode() == OpenMode.RO) {
            return;
        }
        String before = String.valueOf(writer.text("PRAGMA journal_mode"));
        boolean empty = "0".equals(writer.text("PRAGMA page_count"));
        String after = String.valueOf(writer.text("PRAGMA journal_mode=" + configuration.journalMode()));
        warnings.journal(before, after, empty);
    }

    @Override
    public SqlitePhysical openReader() {
        return patiently(() -> open(PhysicalPlan.Role.READER));
    }

    @Override
    public SqlitePhysical openDedicated() {
        return patiently(() -> open(PhysicalPlan.Role.DEDICATED));
    }

    private SqlitePhysical open(PhysicalPlan.Role role) {
        if (hooks.fileMoved()) {
            throw Errors.engine(
                    EngineFault.FILE_MOVED, "The file " + file + " is not the one that is open", null, null);
        }
        SqlitePhysical physical = SqlitePhysical.open(PhysicalPlan.of(configuration, file, role), hooks);
        if (role != PhysicalPlan.Role.READER) {
            physical.tell(hooks.changeFeed());
        }
        return physical;
    }

    /** Opens again while another process recovers the log or holds the file, a little before connectTimeout at the latest. */
    private SqlitePhysical patiently(Supplier<SqlitePhysical> opening) {
        Duration bound = configuration.connectTimeout();
        long deadline = System.nanoTime() + bound.toNanos() - Math.min(MARGIN_NANOS, bound.toNanos() / 4);
        while (true) {
            try {
                return opening.get();
            } catch (R2dbcException e) {
                if (!heldByOther(e.getErrorCode()) || given) {
                    throw e;
                }
                if (!bound.isZero() && System.nanoTime() - deadline >= 0) {
                    throw Errors.engine(
                            EngineFault.CONNECT_TIMEOUT,
                            "Opening " + configuration.location() + " was refused for connectTimeout ("
                                    + bound.toMillis() + " ms) because another process holds it",
                            null,
                            e);
                }
            }
            LockSupport.parkNanos(this, AGAIN_NANOS);
        }
    }

    /** BUSY and its kin, and PROTOCOL: somebody recovers the log. */
    private static boolean heldByOther(int code) {
        int primary = code & 0xFF;
        return primary == SqliteErrorCode.BUSY.code() || primary == SqliteErrorCode.PROTOCOL.code();
    }

    /** Nobody waits for the database any more: opening is not tried again. */
    void giveUp() {
        given = true;
    }

    /** Only a write-ahead log lets readers run beside the writer. */
    @Override
    public boolean concurrentReaders(SqlitePhysical writer) {
        if (file == null || configuration.readerThreads() == 0) {
            return false;
        }
        return configuration.immutable() || "wal".equalsIgnoreCase(writer.text("PRAGMA journal_mode"));
    }

    @Override
    public void beforeClose(SqlitePhysical writer) {
        if (file == null || configuration.mode() == OpenMode.RO) {
            return;
        }
        writer.exec("PRAGMA optimize");
        if (configuration.checkpoints() == CheckpointOwner.ENGINE) {
            writer.text("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    @Override
    public Throwable translate(LaneException error) {
        return LaneErrors.translate(error);
    }
}
