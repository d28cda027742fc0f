package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import rillite.core.LaneListener;
import rillite.core.LaneOptions;
import rillite.core.LaneStats;
import rillite.core.Lanes;
import rillite.core.Session;
import rillite.core.SnapshotTooOldException.Reason;
import rillite.core.WriteWork;

/** The lanes of one database, shared by all factories of this process that have it open. */
final class Engine implements EngineHooks, Checkpoints.Pressure {
    private static final Duration AFTER_SNAPSHOT = Duration.ofMillis(50);

    private final EngineKey key;
    private final SqliteConnectionConfiguration configuration;
    private final EngineWarnings warnings;
    private final @Nullable Checkpoints checkpoints;
    private final AtomicInteger schemaEpoch = new AtomicInteger();
    private final SqliteSource source;
    private final ChangeFeed changeFeed;
    private final EngineCounters counters = new EngineCounters();
    private final Sinks.One<Lanes<SqlitePhysical>> opening = Sinks.one();
    private volatile @Nullable Lanes<SqlitePhysical> lanes;
    private volatile SqliteConnectionMetadata metadata = new SqliteConnectionMetadata("");
    private volatile @Nullable Codecs codecs;
    private volatile boolean moved;

    Engine(EngineKey key, SqliteConnectionConfiguration configuration) {
        this.key = key;
        this.configuration = configuration;
        this.warnings = new EngineWarnings(key.name(), configuration);
        this.changeFeed = new ChangeFeed(configuration.emitOn());
        Path file = key.file();
        boolean engineCheckpoints =
                configuration.checkpoints() == CheckpointOwner.ENGINE && configuration.mode() != OpenMode.RO;
        this.checkpoints = file == null
                ? null
                : new Checkpoints(
                        Path.of(file + "-wal"), engineCheckpoints, configuration.walSoftLimit(), this, counters);
        this.source = new SqliteSource(configuration, file, this, warnings);
    }

    /** Starts opening; called once, before anything else. */
    void open() {
        Lanes.open(source, options())
                .subscribe(
                        opened -> {
                            lanes = opened;
                            opening.tryEmitValue(opened);
                        },
                        opening::tryEmitError);
    }

    private LaneOptions options() {
        LaneOptions.Builder options = LaneOptions.builder()
                .name(key.name())
                .readerThreads(Math.max(1, configuration.readerThreads()))
                .maxReaderConnections(Math.max(1, configuration.maxReaderConnections()))
                .maxOpenCursors(Math.max(1, configuration.maxOpenCursors()))
                .readerQueueLimit(configuration.readerQueueLimit())
                .writerQueueLimit(configuration.writerQueueLimit())
                .writerQueueBytes(configuration.writerQueueBytes())
                .groupLimit(configuration.groupCommit() ? configuration.groupCommitMaxStatements() : 1)
                .transactionIdleTimeout(configuration.transactionIdleTimeout())
                .cursorIdleTimeout(configuration.cursorIdleTimeout())
                .maxSnapshotAge(configuration.maxSnapshotAge())
                .maxMaterializeBytes(configuration.maxMaterializeBytes())
                .chunkRows(configuration.chunkRows())
                .chunkBytes(configuration.chunkBytes())
                .emitOn(configuration.emitOn())
                .listener(new Listener());
        return options.build();
    }

    /** The lanes once they are open; arrives on the emission scheduler. */
    Mono<Lanes<SqlitePhysical>> opening() {
        return opening.asMono();
    }

    /** The lanes, or null while they are being opened. */
    @Nullable Lanes<SqlitePhysical> lanes() {
        return lanes;
    }

    SqliteConnectionMetadata metadata() {
        return metadata;
    }

    @Override
    public void version(String version) {
        metadata = new SqliteConnectionMetadata(version);
    }

    /** The codecs of a configuration; those of one engine mostly have equal options and share them. */
    Codecs codecs(SqliteConnectionConfiguration wanted) {
        CodecOptions options = wanted.settings().codecs();
        Codecs known = codecs;
        if (known == null || !known.options().isLike(options)) {
            known = new Codecs(options);
            codecs = known;
        }
        return known;
    }

    EngineKey key() {
        return key;
    }

    SqliteConnectionConfiguration configuration() {
        return configuration;
    }

    /** Closes the lanes, also those that are still being opened; an engine that failed to open is closed. */
    Mono<Void> close() {
        source.giveUp();
        return opening().flatMap(Lanes::close).onErrorComplete().doOnTerminate(changeFeed::close);
    }

    LaneStats statistics() {
        Lanes<SqlitePhysical> open = lanes;
        if (open == null) {
            throw new IllegalStateException(
                    "The database " + configuration.location() + " is not open; request a connection first");
        }
        return open.stats();
    }

    String jdbcUrl() {
        Path file = key.file();
        return file == null ? "" : "jdbc:sqlite:" + file;
    }

    long walBytes() {
        return checkpoints == null ? 0 : checkpoints.size();
    }

    @Override
    public ChangeFeed changeFeed() {
        return changeFeed;
    }

    @Override
    public EngineCounters counters() {
        return counters;
    }

    @Override
    public void schemaChanged() {
        schemaEpoch.incrementAndGet();
    }

    @Override
    public int schemaEpoch() {
        return schemaEpoch.get();
    }

    @Override
    public void afterWrites(SqlitePhysical writer, boolean idle) {
        if (checkpoints != null) {
            checkpoints.afterWrites(writer, idle);
        }
    }

    @Override
    public boolean closing() {
        Lanes<SqlitePhysical> open = lanes;
        return open != null && open.isClosing();
    }

    @Override
    public boolean fileMoved() {
        if (!moved && !key.stillThere()) {
            moved = true;
            warnings.fileMoved();
        }
        return moved;
    }

    /** The error that refuses statements of a database whose file has gone, or null. */
    @Nullable R2dbcException refusal() {
        return moved
                ? Errors.engine(
                        EngineFault.FILE_MOVED,
                        "The file " + key.file() + " was deleted or replaced while it was open",
                        null,
                        null)
                : null;
    }

    @Override
    public void unexpected(String what, Throwable error) {
        warnings.unexpected(what, error);
    }

    @Override
    public void look() {
        fileMoved();
    }

    @Override
    public boolean snapshotsOpen() {
        Lanes<SqlitePhysical> open = lanes;
        if (open == null) {
            return false;
        }
        LaneStats stats = open.stats();
        return stats.openCursors() > 0 || stats.leases() > 0 || stats.readersBusy() > 0;
    }

    @Override
    public void walOverLimit(long bytes, boolean loud) {
        Lanes<SqlitePhysical> open = lanes;
        if (open == null) {
            return;
        }
        if (loud) {
            warnings.walOverLimit(
                    bytes,
                    configuration.walSoftLimit(),
                    open.stats().oldestSnapshot().toMillis() + " ms");
        }
        open.releaseOldestSnapshot(Reason.WAL);
    }

    /** A cursor gives its snapshot up because of the log: the log is cut as soon as that is so. */
    private void snapshotGoing(Reason reason) {
        Lanes<SqlitePhysical> open = lanes;
        if (reason != Reason.WAL || open == null || open.isClosing()) {
            return;
        }
        Session<SqlitePhysical> session = open.session(Duration.ofSeconds(1));
        Mono.delay(AFTER_SNAPSHOT)
                .then(session.write(new CutLog(checkpoints)))
                .onErrorComplete()
                .then(session.close())
                .subscribe();
    }

    private record CutLog(@Nullable Checkpoints checkpoints) implements WriteWork<SqlitePhysical, Boolean> {
        @Override
        public Boolean run(SqlitePhysical writer) {
            if (checkpoints != null) {
                checkpoints.snapshotGone(writer);
            }
            return Boolean.TRUE;
        }

        @Override
        public Atomicity atomicity() {
            return Atomicity.BARRIER;
        }

        @Override
        public String label() {
            return "checkpoint";
        }
    }

    private final class Listener implements LaneListener {
        @Override
        public void unexpected(String what, Throwable error) {
            warnings.unexpected(what, error);
        }

        @Override
        public void transactionIdle(String transaction, Duration age) {
            warnings.transactionIdle(transaction, age.toMillis());
        }

        @Override
        public void outcomeUnknown(int members, Throwable cause) {
            warnings.outcomeUnknown(members);
        }

        @Override
        public void cursorSpilled(Reason reason, long bytes) {
            snapshotGoing(reason);
        }

        @Override
        public void snapshotTooOld(Reason reason, Duration age, String label) {
            warnings.snapshotTooOld(reason, age.toMillis(), label);
            snapshotGoing(reason);
        }
    }
}
