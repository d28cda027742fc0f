package rillite.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;
import rillite.core.Resource.Interrupts;

/**
 * The bounded scheduler of one resource: one thread and one connection that write, a few threads and more connections that
 * read. {@link #open} starts it, {@link #session} gives a caller's view of it, {@link #close} ends it.
 *
 * <p>Every bound is in {@link LaneOptions}; what is beyond it fails at once with a member of {@link LaneException}. After any
 * workload {@link LaneStats#idle()} is true again.
 *
 * @param <C> the physical connection
 */
public final class Lanes<C extends PhysicalConnection> {
    private static final Duration AGAIN = Duration.ofMillis(1);
    private static final Duration SELDOM = Duration.ofMillis(50);

    final ConnectionSource<C> source;
    final LaneOptions options;
    final Ticker ticker;
    final Timer timer;
    final LaneListener listener;
    final Emitter emitter;
    final Counters counters = new Counters();
    final Sweeper sweeper;
    final WriteLane<C> writeLane;
    private final Set<CursorSubscription<C, ?, ?>> cursors = ConcurrentHashMap.newKeySet();
    private final Set<CommitSent<C>> commits = ConcurrentHashMap.newKeySet();
    private final Set<Session<C>> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong sessionNumber = new AtomicLong();
    private final Sinks.One<Lanes<C>> opened = Sinks.one();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private volatile @Nullable ReadLane<C> readLane;
    private volatile boolean quiet;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final boolean ownsTimer;

    Lanes(ConnectionSource<C> source, LaneOptions options) {
        this.source = source;
        this.options = options;
        this.ticker = options.ticker();
        Timer given = options.timer();
        this.timer = given != null ? given : Timer.daemon("rillite-timer-" + options.name());
        this.ownsTimer = given == null;
        this.listener = new QuietListener(options.listener());
        this.emitter = new Emitter(options.emission());
        this.sweeper = new Sweeper(this);
        this.writeLane = new WriteLane<>(this);
    }

    /**
     * Starts lanes over a source. The writer is opened on its own thread; the lanes, or the error of opening, arrive on the
     * emission scheduler. Work starts with the call, and a cancel does not stop it: whoever calls owns the result.
     */
    public static <C extends PhysicalConnection> Mono<Lanes<C>> open(ConnectionSource<C> source, LaneOptions options) {
        Lanes<C> lanes = new Lanes<>(source, options);
        lanes.writeLane.start();
        return lanes.opened.asMono();
    }

    /** Returns a session; nothing is opened for it. The bound is its first {@link Session#lockWaitTimeout(Duration)}. */
    public Session<C> session(Duration lockWaitTimeout) {
        Session<C> session = new Session<>(this, sessionNumber.incrementAndGet(), lockWaitTimeout);
        counters.sessions.incrementAndGet();
        sessions.add(session);
        return session;
    }

    /**
     * Streams a cursor as {@link Session#read} does, on a reader with a fresh snapshot, for callers without a session. Such a
     * read takes part in nothing that would have to be closed: it ends with its stream, or with the lanes.
     *
     * @param lockWait bounds waiting for a connection; zero is no bound
     * @param statementTimeout bounds the time until the first row; zero is no bound
     */
    public <K extends PreparedCursor.Chunk, T> Flux<T> read(
            PreparedCursor.Source<C, K> source,
            PreparedCursor.Reader<K, T> reader,
            Duration lockWait,
            Duration statementTimeout) {
        // Each subscription is on its own: in one session they would wait for each other.
        return new CursorFlux<>(() -> new Session<>(this, lockWait, statementTimeout), source, reader);
    }

    /** Returns what the lanes are doing now. */
    public LaneStats stats() {
        ReadLane<C> readers = readLane;
        Lease<C> lease = writeLane.lease();
        long now = ticker.nanos();
        long oldest = now;
        for (CursorSubscription<C, ?, ?> cursor : cursors) {
            oldest = Math.min(oldest, cursor.openedAt());
        }
        return new LaneStats(
                writeLane.depth(),
                writeLane.bytes(),
                counters.leases.get(),
                lease == null ? Duration.ZERO : Duration.ofNanos(now - lease.since),
                readers == null ? 0 : readers.depth(),
                readers == null ? 0 : readers.pool.total(),
                readers == null ? 0 : readers.pool.busy(),
                cursors.size(),
                Duration.ofNanos(now - oldest),
                counters.activeCommands.get(),
                counters.sessions.get(),
                counters.writes.sum(),
                counters.groups.sum(),
                counters.groupedWrites.sum(),
                counters.replays.sum(),
                counters.rowsRead.sum(),
                counters.spilledBytes.sum(),
                counters.interrupts.sum());
    }

    /** Asks the oldest cursor between two chunks to give its snapshot up; false when there is none. */
    public boolean releaseOldestSnapshot(SnapshotTooOldException.Reason reason) {
        while (true) {
            CursorSubscription<C, ?, ?> oldest = null;
            for (CursorSubscription<C, ?, ?> cursor : cursors) {
                if (cursor.isParked() && (oldest == null || cursor.openedAt() - oldest.openedAt() < 0)) {
                    oldest = cursor;
                }
            }
            if (oldest == null) {
                return false;
            }
            if (oldest.spillSoon(reason)) {
                return true;
            }
        }
    }

    /**
     * Ends the lanes: queued commands fail with {@link LaneClosedException}, running reads are interrupted, a claimed group
     * ends, transactions are rolled back. Completes, on the emission scheduler, when every connection is closed, at the
     * latest after {@code closeTimeout} plus the time the last native call needs to return. Idempotent.
     */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            if (closing.compareAndSet(false, true)) {
                new Shutdown<>(this).begin();
            }
            return closed.asMono();
        });
    }

    /** Tells whether {@link #close()} was called. */
    public boolean isClosing() {
        return closing.get();
    }

    /** Returns the name used in threads and errors. */
    public String name() {
        return options.name();
    }

    /** Returns the options in force. */
    public LaneOptions options() {
        return options;
    }

    Resource<C> openWriter() throws Exception {
        return new Resource<>(source.openWriter());
    }

    Resource<C> openReader() throws Exception {
        return new Resource<>(source.openReader());
    }

    Resource<C> openDedicated() throws Exception {
        return new Resource<>(source.openDedicated());
    }

    void beforeClose(C writer) throws Exception {
        source.beforeClose(writer);
    }

    void writerOpened(C writer) {
        if (source.concurrentReaders(writer)) {
            ReadLane<C> readers = new ReadLane<>(this, options.readerThreads());
            readers.start();
            readLane = readers;
        }
        emitter.emit(() -> opened.tryEmitValue(this));
    }

    void writerFailed(Throwable error) {
        closing.set(true);
        stopTimer();
        emitter.emit(() -> {
            opened.tryEmitError(error);
            closed.tryEmitEmpty();
        });
    }

    /** The writer has ended and its connection is closed. */
    void writerClosed() {
        stopTimer();
        emitter.emit(() -> {
            opened.tryEmitError(closedError());
            closed.tryEmitEmpty();
        });
    }

    private void stopTimer() {
        if (!ownsTimer) {
            return;
        }
        try {
            timer.stop();
        } catch (Throwable t) {
            // whoever waits for the close must hear of it
            listener.unexpected("stopping the timer", t);
        }
    }

    /** Nothing runs any more and nothing will: the readers may go. */
    void stopReaders() {
        quiet = true;
        ReadLane<C> readers = readLane;
        if (readers != null) {
            readers.stop();
        }
    }

    void awaitReadersClosed() {
        ReadLane<C> readers = readLane;
        if (readers == null) {
            return;
        }
        if (quiet) {
            readers.stop();
        }
        readers.awaitEnd();
    }

    /** Tells whether readers run beside the writer. */
    public boolean hasReaders() {
        return readLane != null;
    }

    ReadLane<C> readLane() {
        ReadLane<C> readers = readLane;
        if (readers == null) {
            throw new IllegalStateException("these lanes have no readers");
        }
        return readers;
    }

    void closed(Session<C> session) {
        if (sessions.remove(session)) {
            counters.sessions.decrementAndGet();
        }
    }

    Iterable<Session<C>> sessions() {
        return sessions;
    }

    void track(CursorSubscription<C, ?, ?> cursor) {
        cursors.add(cursor);
        sweeper.sometime();
        if (isClosing()) {
            cursor.abort(closedError());
        }
    }

    void untrack(CursorSubscription<C, ?, ?> cursor) {
        cursors.remove(cursor);
    }

    Stream<CursorSubscription<C, ?, ?>> openCursors() {
        return cursors.stream();
    }

    boolean hasOpenCursors() {
        return !cursors.isEmpty();
    }

    /** Ends what has waited too long and cursors that are too old; on the timer. True while something waits. */
    boolean sweep(long now) {
        ReadLane<C> readers = readLane;
        boolean waiting = readers != null && readers.sweep(now);
        for (CursorSubscription<C, ?, ?> cursor : cursors) {
            cursor.check(now);
        }
        return writeLane.sweep(now) || waiting;
    }

    /** The lanes have ended: cursors that are still open end with them. On the writer's thread, the last one. */
    void abandonCursors() {
        for (CursorSubscription<C, ?, ?> cursor : cursors) {
            cursor.abandon(closedError());
        }
    }

    /** A commit is sent for these; the pair to {@link #answered}. */
    CommitSent<C> sent(List<? extends SubscribedCommand<C, ?>> members) {
        CommitSent<C> commit = new CommitSent<>(members);
        commits.add(commit);
        return commit;
    }

    void answered(CommitSent<C> commit) {
        commits.remove(commit);
    }

    /** Whoever waits for a commit that has not answered by now waits in vain: nobody knows what it will say. */
    void tellUnanswered() {
        for (CommitSent<C> commit : commits) {
            int size = commit.members().size();
            OutcomeUnknownException unknown = new OutcomeUnknownException(
                    name(), "a commit that had not answered when the engine closed", size, null);
            commit.members().forEach(member -> emitter.emit(() -> member.tellError(unknown)));
        }
    }

    /** Runs a retry a little later, because another process holds the lock. */
    void later(Runnable retry) {
        listener.lockedByOther();
        timer.schedule(Duration.ofNanos(WriteItem.jitterNanos()), retry);
    }

    /** Interrupts the run, again and again: an interrupt that comes a moment before the statement starts is lost. */
    void interrupt(Resource<C> resource, Object run, Interrupts cause) {
        if (resource.interrupt(run, cause)) {
            counters.interrupts.increment();
            interruptAgain(resource, run, cause, AGAIN);
        }
    }

    private void interruptAgain(Resource<C> resource, Object run, Interrupts cause, Duration delay) {
        timer.schedule(delay, () -> {
            if (resource.interrupt(run, cause)) {
                Duration next = delay.multipliedBy(2);
                interruptAgain(resource, run, cause, next.compareTo(SELDOM) < 0 ? next : SELDOM);
            }
        });
    }

    /** Ends a transaction whatever state it is in. A connection that stays inside one is not given to anybody else. */
    @Nullable Throwable rollback(Resource<C> owned) {
        Throwable error = null;
        try {
            owned.connection.rollback();
        } catch (Throwable t) {
            error = t;
            listener.unexpected("rolling back", t);
        }
        if (error != null && owned.connection.inTransaction()) {
            owned.broken = true;
        }
        return error;
    }

    /** Asks the resource what an error means; one that cannot say is taken for the worst. */
    Failure classify(C connection, Throwable error, Phase phase) {
        try {
            return connection.classify(error, phase);
        } catch (Throwable t) {
            listener.unexpected("classifying an error", t);
            return phase == Phase.COMMIT || phase == Phase.AUTOCOMMIT ? Failure.UNKNOWN : Failure.TRANSACTION;
        }
    }

    /** An interrupt while the lanes close is their doing: the subscriber is told of that. */
    @Nullable Throwable explain(@Nullable Throwable error, boolean interrupted) {
        if (interrupted && isClosing()) {
            return new LaneClosedException(name(), "the engine", error);
        }
        return error;
    }

    LaneClosedException closedError() {
        return new LaneClosedException(name(), "the engine");
    }

    OutcomeUnknownException outcomeUnknown(Resource<C> owned, String what, int members, Throwable cause) {
        owned.broken = true;
        listener.outcomeUnknown(members, cause);
        return new OutcomeUnknownException(name(), what, members, cause);
    }

    Throwable translate(Throwable error) {
        return error instanceof LaneException lane ? source.translate(lane) : error;
    }

    long bound(SnapshotTooOldException.Reason reason) {
        return switch (reason) {
            case IDLE -> options.cursorIdleTimeout().toMillis();
            case AGE -> options.maxSnapshotAge().toMillis();
            case CURSORS -> options.maxOpenCursors();
            case WAL, WRITE -> options.maxMaterializeBytes();
            case INTERRUPT -> 0;
        };
    }

    /** Says who holds the writer, for the error of somebody who waited for it. */
    String holder(boolean other) {
        if (other) {
            return ": another process holds the write lock; nothing was done and nothing will run later.";
        }
        Lease<C> lease = writeLane.lease();
        if (lease == null) {
            return " in the queue; nothing was done and nothing will run later.";
        }
        Duration age = Duration.ofNanos(ticker.nanos() - lease.since);
        return " while transaction " + lease.name + " of session " + lease.session.id() + " holds the writer (age "
                + age.toMillis() + " ms, last statement: " + lease.session.lastLabel()
                + "); nothing was done and nothing will run later. A write inside a write transaction must use the same"
                + " connection.";
    }
}
