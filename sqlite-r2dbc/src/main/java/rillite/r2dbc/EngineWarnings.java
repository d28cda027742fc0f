package rillite.r2dbc;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rillite.core.SnapshotTooOldException.Reason;

/** What a person who runs the file should know, said once when it is opened. */
final class EngineWarnings {
    private final Logger log;
    private final String name;
    private final SqliteConnectionConfiguration configuration;
    private final AtomicBoolean said = new AtomicBoolean();

    EngineWarnings(String name, SqliteConnectionConfiguration configuration) {
        this(name, configuration, LoggerFactory.getLogger("rillite.r2dbc"));
    }

    EngineWarnings(String name, SqliteConnectionConfiguration configuration, Logger log) {
        this.log = log;
        this.name = name;
        this.configuration = configuration;
    }

    /** The writer is open; said once, however often it is opened again. */
    void opened(String version) {
        if (!said.compareAndSet(false, true)) {
            return;
        }
        if (hasWalResetBug(version)) {
            log.warn(
                    "{}: SQLite {} has the WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6): two processes that write or"
                            + " checkpoint at the same instant may lose committed writes. This process alone is safe;"
                            + " update sqlite-jdbc before you share the file.",
                    name,
                    version);
        }
        boolean file = configuration.location().path() != null && configuration.mode() != OpenMode.RO;
        if (file
                && (configuration.synchronous() == Synchronous.NORMAL
                        || configuration.synchronous() == Synchronous.OFF)) {
            log.info(
                    "{}: synchronous={}: acknowledged writes survive the end of the process; the newest may vanish on power"
                            + " loss.",
                    name,
                    configuration.synchronous());
        }
    }

    /** The journal mode before and after opening; empty files get theirs without a word. */
    void journal(String before, String after, boolean empty) {
        if (!after.equalsIgnoreCase(configuration.journalMode().name())) {
            log.warn(
                    "{}: journal_mode stayed {} where {} was asked for; one connection serves everything.",
                    name,
                    after,
                    configuration.journalMode());
        } else if (!empty && !before.equalsIgnoreCase(after)) {
            log.info(
                    "{}: journal_mode was {} and is {} now, which the file keeps; open with mode=ro to leave it as it is.",
                    name,
                    before,
                    after);
        }
    }

    /** The versions that litestream#1432 and libsql#2271 describe: 3.7.0 to 3.51.2, without the repaired branches. */
    static boolean hasWalResetBug(@Nullable String version) {
        if (version == null) {
            return false;
        }
        String[] parts = version.split("\\.", -1);
        if (parts.length < 3) {
            return false;
        }
        int number = Integer.parseInt(parts[0]) * 1_000_000
                + Integer.parseInt(parts[1]) * 1_000
                + Integer.parseInt(parts[2]);
        boolean repaired = (number >= 3_050_007 && number < 3_051_000) || (number >= 3_044_006 && number < 3_045_000);
        return number >= 3_007_000 && number < 3_051_003 && !repaired;
    }

    void walOverLimit(long bytes, long limit, String oldest) {
        log.warn(
                "{}: the write-ahead log has {} bytes, above walSoftLimit {}; oldest snapshot: {}",
                name,
                bytes,
                limit,
                oldest);
    }

    void snapshotTooOld(Reason reason, long millis, String sql) {
        log.warn("{}: a cursor lost its snapshot ({}, age {} ms): {}", name, reason, millis, sql);
    }

    void fileMoved() {
        log.error("{}: the file was deleted or replaced while it is open; statements are refused", name);
    }

    void unexpected(String what, Throwable error) {
        log.warn("{}: {} failed: {}", name, what, error.toString());
    }

    void transactionIdle(String transaction, long millis) {
        log.warn("{}: transaction {} was idle for too long (age {} ms) and was rolled back", name, transaction, millis);
    }

    void outcomeUnknown(int members) {
        log.error("{}: the outcome of a commit of {} writes is unknown; the writer is reopened", name, members);
    }
}
