package rillite.r2dbc;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import rillite.core.ConnectionSource;
import rillite.core.LaneException;

/** Opens the physical connections of one engine. */
final class SqliteSource implements ConnectionSource<SqlitePhysical> {
    private final SqliteConnectionConfiguration configuration;
    private final @Nullable Path file;
    private final EngineHooks hooks;
    private final EngineWarnings warnings;

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
        SqlitePhysical writer = open(PhysicalPlan.Role.WRITER);
        try {
            // the first read shows a file that is no database, which opening alone does not
            writer.text("PRAGMA schema_version");
            hooks.version(writer.version());
            warnings.opened(writer);
            return writer;
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public SqlitePhysical openReader() {
        return open(PhysicalPlan.Role.READER);
    }

    @Override
    public SqlitePhysical openDedicated() {
        return open(PhysicalPlan.Role.DEDICATED);
    }

    private SqlitePhysical open(PhysicalPlan.Role role) {
        return SqlitePhysical.open(PhysicalPlan.of(configuration, file, role), hooks);
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
