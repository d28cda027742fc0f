package rillite.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One caller's view of the lanes: its commands run in the order in which they were started, one native run at a time. A
 * cursor that waits between two chunks does not hold the others up.
 *
 * <p>Creating a session touches no resource. All publishers are cold; work starts on request, and every subscription is a
 * command of its own. Sessions may be used from any thread.
 *
 * @param <C> the physical connection
 */
public final class Session<C extends PhysicalConnection> {
    final Lanes<C> lanes;
    final String id;
    private final Object lock = new Object();
    private final ArrayDeque<Command<C>> queue = new ArrayDeque<>(0);
    private final Set<CursorSubscription<C, ?, ?>> cursors = ConcurrentHashMap.newKeySet(1);
    private @Nullable Command<C> current;
    private boolean advancing;
    private volatile boolean closed;
    private volatile Duration lockWaitTimeout;
    private volatile Duration statementTimeout = Duration.ZERO;
    volatile @Nullable Lease<C> lease;
    volatile @Nullable Resource<C> dedicated;
    private volatile @Nullable LaneException transactionLost;
    private volatile String lastLabel = "";

    Session(Lanes<C> lanes, String id, Duration lockWaitTimeout) {
        this.lanes = lanes;
        this.id = id;
        this.lockWaitTimeout = lockWaitTimeout;
        lanes.opened(this);
    }

    /** Bounds waiting in queues, for a lease and for other processes, from the next command on; zero is no bound. */
    public void lockWaitTimeout(Duration timeout) {
        lockWaitTimeout = timeout;
    }

    /** Returns the bound of {@link #lockWaitTimeout(Duration)}. */
    public Duration lockWaitTimeout() {
        return lockWaitTimeout;
    }

    /** Bounds the time until a statement's first response, from the next command on; zero is no bound. */
    public void statementTimeout(Duration timeout) {
        statementTimeout = timeout;
    }

    /** Returns the bound of {@link #statementTimeout(Duration)}. */
    public Duration statementTimeout() {
        return statementTimeout;
    }

    /** Tells whether a transaction is open in this session. */
    public boolean inTransaction() {
        return lease != null;
    }

    /** Tells whether {@link #close()} was called or the lanes are closed. */
    public boolean isClosed() {
        return closed || lanes.isClosing();
    }

    /** Returns the name that diagnostics use. */
    public String id() {
        return id;
    }

    /**
     * Runs a write: in the open transaction if there is one, else on the writer, where it may share a commit with others.
     * The result arrives after the commit, on the emission scheduler. Cancelling before the write has started removes it;
     * afterwards it runs to its end and the result is dropped.
     *
     * @return the result; errors are those of the work, {@link LaneFullException}, {@link LaneTimeoutException},
     *     {@link OutcomeUnknownException}
     */
    public <R> Mono<R> write(WriteWork<C, R> work) {
        return new WriteMono<>(this, work);
    }

    /**
     * Streams a cursor by demand: on a reader with a fresh snapshot, or in the open transaction. At most the chunk being
     * delivered and one more are on the heap. Cancel stops a running statement and gives the connection back.
     */
    public <K extends PreparedCursor.Chunk, T> Flux<T> read(
            PreparedCursor.Source<C, K> source, PreparedCursor.Reader<K, T> reader) {
        return new CursorFlux<>(this, source, reader);
    }

    /**
     * Starts a transaction. A write transaction waits for the lease of the writer, in order of arrival, without a thread;
     * a read transaction waits for a reader. When one is open already nothing is done.
     *
     * @param write whether the transaction may write
     * @param name the name that diagnostics use
     * @param lockWait how long to wait; zero is without end
     * @param begin starts the transaction natively, on the lane
     */
    public Mono<Void> begin(boolean write, String name, Duration lockWait, WriteWork<C, ?> begin) {
        return new CommandMono<>(actual -> new BeginCommand<>(this, actual, write, name, lockWait, begin));
    }

    /** Commits and gives the lease back; without a transaction nothing is done. A failed commit ends the transaction too. */
    public Mono<Void> commit() {
        return new CommandMono<>(actual -> new EndCommand<>(this, actual, EndCommand.Kind.COMMIT));
    }

    /** Rolls back and gives the lease back; without a transaction nothing is done. */
    public Mono<Void> rollback() {
        return new CommandMono<>(actual -> new EndCommand<>(this, actual, EndCommand.Kind.ROLLBACK));
    }

    /** Opens a connection of its own for this session, kept until it is closed. Needs lanes with readers. */
    public Mono<Void> dedicate() {
        return new CommandMono<>(actual -> new DedicateCommand<>(this, actual));
    }

    /**
     * Ends open cursors with {@link LaneClosedException}, rolls an open transaction back and gives everything back.
     * Closing again completes at once.
     */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            if (!markClosed()) {
                return Mono.empty();
            }
            abortCursors();
            if (lease == null && dedicated == null && isQuiet()) {
                return Mono.empty();
            }
            return new CommandMono<>(actual -> new EndCommand<>(this, actual, EndCommand.Kind.CLOSE));
        });
    }

    boolean markClosed() {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            closed = true;
        }
        lanes.closed(this);
        return true;
    }

    private boolean isQuiet() {
        synchronized (lock) {
            return current == null && queue.isEmpty();
        }
    }

    /** Ends the open transaction because the lanes close or it was idle too long. */
    void expire(@Nullable LaneException reason) {
        submit(new EndCommand<>(this, null, EndCommand.Kind.EXPIRE, reason));
    }

    /** Rolls back and closes because the lanes close. */
    void expireAndClose() {
        submit(new EndCommand<>(this, null, EndCommand.Kind.CLOSE));
    }

    void abortCursors() {
        for (CursorSubscription<C, ?, ?> cursor : cursors) {
            cursor.abort(new LaneClosedException(lanes.name(), "session " + id));
        }
    }

    void track(CursorSubscription<C, ?, ?> cursor) {
        cursors.add(cursor);
        if (closed) {
            cursor.abort(new LaneClosedException(lanes.name(), "session " + id));
        }
    }

    void untrack(CursorSubscription<C, ?, ?> cursor) {
        cursors.remove(cursor);
    }

    /** Returns the error that refuses a new command, or null. The error of a lost transaction is told once. */
    @Nullable
    LaneException refusal(Command<C> command) {
        if (command instanceof EndCommand) {
            return null;
        }
        if (isClosed()) {
            return new LaneClosedException(lanes.name(), lanes.isClosing() ? "the engine" : "session " + id);
        }
        return takeLost();
    }

    @Nullable
    LaneException takeLost() {
        if (transactionLost == null) {
            return null;
        }
        LaneException lost = transactionLost;
        transactionLost = null;
        return lost;
    }

    void lost(@Nullable LaneException reason) {
        transactionLost = reason;
    }

    /** Appends a command; it starts at once when nothing of this session runs. */
    void submit(Command<C> command) {
        boolean full;
        synchronized (lock) {
            full = queue.size() >= lanes.options.writerQueueLimit() && !(command instanceof EndCommand);
            if (!full) {
                lanes.counters.activeCommands.incrementAndGet();
                if (current != null || advancing) {
                    queue.add(command);
                    return;
                }
                current = command;
                advancing = true;
            }
        }
        if (!full) {
            advance(command);
        } else if (command.end()) {
            command.fail(new LaneFullException(
                    lanes.name(), "writerQueueLimit", lanes.options.writerQueueLimit(), queued(), ", one session"));
        }
    }

    private int queued() {
        synchronized (lock) {
            return queue.size();
        }
    }

    /** Called once by whoever ended the command: its native run is over, or it never ran. */
    void ended(Command<C> command) {
        synchronized (lock) {
            if (current != command) {
                if (queue.remove(command)) {
                    lanes.counters.activeCommands.decrementAndGet();
                }
                return;
            }
            lanes.counters.activeCommands.decrementAndGet();
            current = null;
            if (advancing) {
                return;
            }
            advancing = true;
        }
        advance(null);
    }

    /** Starts commands one after the other; a command that ends inside its start does not recurse. */
    private void advance(@Nullable Command<C> first) {
        Command<C> next = first;
        while (true) {
            if (next != null) {
                touch();
                next.start();
            }
            synchronized (lock) {
                if (current != null) {
                    advancing = false;
                    return;
                }
                next = queue.poll();
                if (next == null) {
                    advancing = false;
                    return;
                }
                current = next;
            }
        }
    }

    private void touch() {
        Lease<C> open = lease;
        if (open != null) {
            open.lastActivity = lanes.ticker.nanos();
        }
    }

    void label(String text) {
        lastLabel = text;
    }

    String lastLabel() {
        return lastLabel;
    }

    boolean busy() {
        synchronized (lock) {
            return current != null;
        }
    }

    List<CursorSubscription<C, ?, ?>> openCursors() {
        return List.copyOf(cursors);
    }
}
