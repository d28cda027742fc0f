package rillite.core.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import rillite.core.ConnectionSource;
import rillite.core.LaneException;
import rillite.core.LaneListener;
import rillite.core.testing.FakeError.Code;

/**
 * A resource in memory: one append-only table of unique values, snapshots, one write lock, and a script of failures. It
 * watches how the lanes use it and keeps what must never happen in {@link #violations()}.
 */
public final class FakeDatabase implements ConnectionSource<FakeConnection> {
    private final List<String> table = new ArrayList<>();
    private final Set<String> values = new HashSet<>();
    private final Map<Point, Queue<Code>> script = new EnumMap<>(Point.class);
    private final Map<Point, Queue<Gate>> gates = new EnumMap<>(Point.class);
    private final Queue<FakeConnection> connections = new ConcurrentLinkedQueue<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private int committed;
    private @Nullable FakeConnection lockHolder;
    private volatile @Nullable BiFunction<Point, FakeConnection, @Nullable Code> chance;
    private volatile Mutant mutant = Mutant.NONE;
    private volatile boolean concurrentReaders = true;
    private volatile boolean sharedSnapshots;
    private volatile boolean openTransactionsTolerated;
    private volatile boolean lockedByOther;
    private volatile boolean applyOnIoError = true;
    private volatile boolean hangsReleased;
    private volatile boolean deaf;

    final AtomicLong rowsRead = new AtomicLong();
    final AtomicLong commits = new AtomicLong();
    final AtomicLong begins = new AtomicLong();
    final AtomicLong statements = new AtomicLong();
    final AtomicLong interrupts = new AtomicLong();
    final AtomicLong hanging = new AtomicLong();
    final AtomicLong afterWrites = new AtomicLong();

    /** A fault planted in the resource, which a checker of histories has to find. */
    public enum Mutant {
        NONE,
        /** A commit answers before it is visible. */
        EARLY_ACKNOWLEDGEMENT,
        /** A reader keeps its first snapshot. */
        OLD_SNAPSHOT,
        /** A rollback that leaves its writes. */
        LOST_ROLLBACK
    }

    /** Plants a fault. */
    public FakeDatabase with(Mutant planted) {
        mutant = planted;
        return this;
    }

    boolean is(Mutant planted) {
        return mutant == planted;
    }

    /** Where a failure or a gate can be put. */
    public enum Point {
        OPEN_WRITER,
        OPEN_READER,
        OPEN_DEDICATED,
        BEGIN,
        SAVEPOINT,
        RELEASE_SAVEPOINT,
        ROLLBACK_SAVEPOINT,
        STATEMENT,
        COMMIT,
        ROLLBACK,
        OPEN_CURSOR,
        PULL,
        CLOSE
    }

    public FakeDatabase() {
        for (Point point : Point.values()) {
            script.put(point, new ConcurrentLinkedQueue<>());
            gates.put(point, new ConcurrentLinkedQueue<>());
        }
    }

    /** The next arrivals at the point fail, in this order. */
    public FakeDatabase fail(Point point, Code... codes) {
        queue(script, point).addAll(List.of(codes));
        return this;
    }

    /** Decides at every point whether it fails; null is no failure. */
    public void chance(@Nullable BiFunction<Point, FakeConnection, @Nullable Code> decider) {
        chance = decider;
    }

    /** Holds the next arrival at the point. */
    public Gate gate(Point point) {
        Gate gate = new Gate();
        queue(gates, point).add(gate);
        return gate;
    }

    /** Everything runs on the writer's connection. */
    public FakeDatabase withoutReaders() {
        concurrentReaders = false;
        return this;
    }

    /** A connection may be closed inside a transaction, because a test makes its rollback fail. */
    public void tolerateOpenTransactions() {
        openTransactionsTolerated = true;
    }

    boolean toleratesOpenTransactions() {
        return openTransactionsTolerated;
    }

    /** Queued reads may share one snapshot. */
    public FakeDatabase withSharedSnapshots() {
        sharedSnapshots = true;
        return this;
    }

    boolean sharesSnapshots() {
        return sharedSnapshots;
    }

    /** Another process takes or gives back the write lock. */
    public void lockedByOther(boolean locked) {
        lockedByOther = locked;
    }

    /** Whether a commit that answered with IOERR is there afterwards. */
    public void applyOnIoError(boolean applied) {
        applyOnIoError = applied;
    }

    /** Statements that hang go on and end. */
    public void releaseHangs() {
        hangsReleased = true;
        connections.forEach(FakeConnection::wake);
    }

    /** Statements do not notice interrupts. */
    public void deaf(boolean value) {
        deaf = value;
    }

    @Override
    public FakeConnection openWriter() {
        return open(FakeConnection.Kind.WRITER, Point.OPEN_WRITER);
    }

    @Override
    public FakeConnection openReader() {
        return open(FakeConnection.Kind.READER, Point.OPEN_READER);
    }

    @Override
    public FakeConnection openDedicated() {
        return open(FakeConnection.Kind.DEDICATED, Point.OPEN_DEDICATED);
    }

    private FakeConnection open(FakeConnection.Kind kind, Point point) {
        FakeConnection opened = new FakeConnection(this, kind, numbers.incrementAndGet());
        at(point, opened);
        connections.add(opened);
        return opened;
    }

    @Override
    public boolean concurrentReaders(FakeConnection writer) {
        return concurrentReaders;
    }

    @Override
    public Throwable translate(LaneException error) {
        return error;
    }

    void at(Point point, FakeConnection connection) {
        Code code = queue(script, point).poll();
        Gate gate = queue(gates, point).poll();
        if (gate != null) {
            gate.pass();
        }
        BiFunction<Point, FakeConnection, @Nullable Code> decider = chance;
        if (code == null && decider != null) {
            code = decider.apply(point, connection);
        }
        if (code != null) {
            connection.failed(code, point);
            throw new FakeError(code, "scripted at " + point);
        }
    }

    private static <T> Queue<T> queue(Map<Point, Queue<T>> map, Point point) {
        Queue<T> found = map.get(point);
        if (found == null) {
            throw new IllegalStateException(point.name());
        }
        return found;
    }

    /** Returns a listener that takes everything unexpected for a violation, except what was scripted. */
    public LaneListener listener() {
        return new LaneListener() {
            @Override
            public void unexpected(String what, Throwable error) {
                if (!(error instanceof FakeError)) {
                    StringWriter trace = new StringWriter();
                    error.printStackTrace(new PrintWriter(trace));
                    violation(what + ": " + trace);
                }
            }
        };
    }

    boolean isLockedByOther() {
        return lockedByOther;
    }

    boolean appliesOnIoError() {
        return applyOnIoError;
    }

    boolean isReleased() {
        return hangsReleased;
    }

    boolean isDeaf() {
        return deaf;
    }

    void violation(String text) {
        violations.add(text + " on " + Thread.currentThread().getName());
    }

    synchronized void lock(FakeConnection connection) {
        if (lockHolder != null && lockHolder != connection) {
            violation("two connections of one process write: " + lockHolder + " and " + connection);
        }
        lockHolder = connection;
    }

    synchronized void unlock(FakeConnection connection) {
        if (lockHolder == connection) {
            lockHolder = null;
        }
    }

    synchronized void append(String value) {
        if (!values.add(value)) {
            throw new FakeError(Code.CONSTRAINT, "the value is there already");
        }
        table.add(value);
    }

    synchronized int size() {
        return table.size();
    }

    synchronized int committedSize() {
        return committed;
    }

    synchronized void truncate(int size) {
        if (is(Mutant.LOST_ROLLBACK)) {
            return;
        }
        while (table.size() > size) {
            values.remove(table.remove(table.size() - 1));
        }
    }

    synchronized void commitAll() {
        if (!is(Mutant.EARLY_ACKNOWLEDGEMENT) || table.size() % 7 != 0) {
            committed = table.size();
        }
    }

    synchronized String value(int index) {
        return table.get(index);
    }

    /** Returns what is committed, in the order of the commits. */
    public synchronized List<String> committed() {
        return List.copyOf(table.subList(0, committed));
    }

    public synchronized boolean isCommitted(String value) {
        return values.contains(value) && table.indexOf(value) < committed;
    }

    /** Returns what the lanes did that they never may. */
    public List<String> violations() {
        return violations;
    }

    public int openCursors() {
        return connections.stream().mapToInt(FakeConnection::openCursors).sum();
    }

    public long openTransactions() {
        return connections.stream()
                .filter(FakeConnection::isOpen)
                .filter(FakeConnection::hasTransaction)
                .count();
    }

    public long openConnections() {
        return connections.stream().filter(FakeConnection::isOpen).count();
    }

    public long openConnections(FakeConnection.Kind kind) {
        return connections.stream()
                .filter(FakeConnection::isOpen)
                .filter(connection -> connection.kind() == kind)
                .count();
    }

    /** Returns how many rows cursors have copied. */
    public long rowsRead() {
        return rowsRead.get();
    }

    public long commits() {
        return commits.get();
    }

    public long begins() {
        return begins.get();
    }

    /** Returns how many statements have started to write. */
    public long statements() {
        return statements.get();
    }

    public long interrupts() {
        return interrupts.get();
    }

    /** Returns how many statements hang at this moment. */
    public long hanging() {
        return hanging.get();
    }

    public long afterWrites() {
        return afterWrites.get();
    }
}
