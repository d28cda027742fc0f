package rillite.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

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
    private final long number;
    private final Object lock = new Object();
    private final ArrayDeque<Command<C>> queue = new ArrayDeque<>(0);
    /** Those between two chunks; most sessions never have any. */
    private @Nullable Set<CursorSubscription<C, ?, ?>> cursors;

    private @Nullable Command<C> current;
    /** The command of a session that only ever has one, so that there are no turns to keep; null for all others. */
    private final @Nullable AtomicReference<@Nullable Command<C>> only;

    private boolean advancing;
    private volatile boolean closed;
    private volatile Duration lockWaitTimeout;
    private volatile Duration statementTimeout = Duration.ZERO;
    volatile @Nullable Lease<C> lease;
    volatile @Nullable Resource<C> dedicated;
    private volatile @Nullable LaneException lost;
    private boolean lostTold;
    private volatile Sinks.@Nullable Empty<Void> ending;
    private volatile String lastLabel = "";

    Session(Lanes<C> lanes, long number, Duration lockWaitTimeout) {
        this.lanes = lanes;
        this.number = number;
        this.lockWaitTimeout = lockWaitTimeout;
        only = null;
    }

    /** A session for one cursor, which needs neither turns nor an end. */
    Session(Lanes<C> lanes, Duration lockWaitTimeout, Duration statementTimeout) {
        this.lanes = lanes;
        this.number = 0;
        this.lockWaitTimeout = lockWaitTimeout;
        this.statementTimeout = statementTimeout;
        only = new AtomicReference<>();
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
        return lanes.name() + "#" + number;
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
        return new CursorFlux<>(() -> this, source, reader);
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

    /**
     * Opens a connection of its own for this session, kept until it is closed. Does nothing when there is one; fails with
     * {@link IllegalStateException} inside a transaction and where the lanes have a single connection.
     */
    public Mono<Void> dedicate() {
        return new CommandMono<>(actual -> new DedicateCommand<>(this, actual));
    }

    /**
     * Ends open cursors and running reads with {@link LaneClosedException}, rolls an open transaction back and gives
     * everything back; commands that wait for their turn fail. Works on subscription, whether or not anything is requested;
     * a cancel changes nothing. Closing again completes when the first close has.
     */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            Sinks.Empty<Void> end = closeNow();
            return end == null ? Mono.empty() : end.asMono();
        });
    }

    /** Closes the session; returns what tells the end, or null when nothing has to be waited for. */
    Sinks.@Nullable Empty<Void> closeNow() {
        Command<C> running;
        Sinks.Empty<Void> end = null;
        synchronized (lock) {
            if (closed) {
                return ending;
            }
            closed = true;
            running = current;
            lost = null;
            if (running != null || advancing || lease != null || dedicated != null) {
                end = Sinks.empty();
                ending = end;
            }
        }
        lanes.closed(this);
        if (running instanceof CursorPull<C> pull) {
            pull.cursor.abort(closedError());
        } else if (running instanceof BeginCommand<C>) {
            running.endWith(closedError());
        }
        for (CursorSubscription<C, ?, ?> cursor : parked()) {
            cursor.abort(closedError());
        }
        if (end != null) {
            submit(EndCommand.close(this, end));
        }
        return end;
    }

    LaneClosedException closedError() {
        return lanes.isClosing() ? lanes.closedError() : new LaneClosedException(lanes.name(), "session " + id());
    }

    /** Rolls a transaction back that has sent nothing; false when it has something to do after all. */
    boolean expire(Lease<C> idle, LaneException reason) {
        Command<C> end = EndCommand.expire(idle, reason);
        synchronized (lock) {
            if (lease != idle || current != null || advancing) {
                return false;
            }
            lanes.counters.activeCommands.incrementAndGet();
            current = end;
            advancing = true;
        }
        advance(end);
        return true;
    }

    /** Rolls a transaction back whose beginner has gone before he was told. */
    void endUnused(Lease<C> unused) {
        submit(EndCommand.expire(unused, null));
    }

    private List<CursorSubscription<C, ?, ?>> parked() {
        synchronized (lock) {
            return cursors == null ? List.of() : List.copyOf(cursors);
        }
    }

    void track(CursorSubscription<C, ?, ?> cursor) {
        synchronized (lock) {
            if (cursors == null) {
                cursors = new HashSet<>();
            }
            cursors.add(cursor);
        }
        if (closed) {
            cursor.abort(closedError());
        }
    }

    void untrack(CursorSubscription<C, ?, ?> cursor) {
        synchronized (lock) {
            if (cursors != null) {
                cursors.remove(cursor);
            }
        }
    }

    /** Returns the error that refuses a statement, or null. After a lost transaction that is so until it is rolled back. */
    @Nullable LaneException refusal() {
        if (isClosed()) {
            return closedError();
        }
        if (lost == null) {
            return null;
        }
        synchronized (lock) {
            lostTold |= lost != null;
            return lost;
        }
    }

    /** Returns the error that refuses a new transaction: the loss of the last one, unless it was told already. */
    @Nullable LaneException refusalOfBegin() {
        if (isClosed()) {
            return closedError();
        }
        synchronized (lock) {
            if (lostTold) {
                lost = null;
                lostTold = false;
            }
            lostTold |= lost != null;
            return lost;
        }
    }

    /** The owner commits or rolls back what is lost: from here on the session is as good as new. */
    @Nullable LaneException takeLost() {
        synchronized (lock) {
            LaneException taken = lost;
            lost = null;
            lostTold = false;
            return taken;
        }
    }

    void lost(LaneException reason, boolean told) {
        synchronized (lock) {
            lost = closed ? null : reason;
            lostTold = told;
        }
    }

    /** A statement's failure has ended the transaction, or it must end; on the lane that owns the resource. */
    void transactionGone(Lease<C> open, Resource<C> owned, @Nullable Throwable cause) {
        lease = null;
        owned.spillParked(SnapshotTooOldException.Reason.WRITE);
        if (owned.connection.inTransaction()) {
            lanes.rollback(owned);
        }
        open.stop();
        open.lane.release(open);
        lost(new TransactionLostException(lanes.name(), open.name, cause), true);
    }

    /** Appends a command; it starts at once when nothing of this session runs. */
    void submit(Command<C> command) {
        if (only != null) {
            lanes.counters.activeCommands.incrementAndGet();
            only.set(command);
            start(command);
            return;
        }
        int waiting;
        synchronized (lock) {
            waiting = queue.size();
            if (waiting < lanes.options.writerQueueLimit() || !command.bounded()) {
                lanes.counters.activeCommands.incrementAndGet();
                if (current != null || advancing) {
                    queue.add(command);
                    return;
                }
                current = command;
                advancing = true;
                waiting = -1;
            }
        }
        if (waiting < 0) {
            advance(command);
        } else {
            command.endWith(new LaneFullException(
                    lanes.name(), "writerQueueLimit", lanes.options.writerQueueLimit(), waiting, ", one session"));
        }
    }

    /** Called by whoever ended the command: its native run is over, or it never ran. A second call does nothing. */
    void ended(Command<C> command) {
        if (only != null) {
            if (only.compareAndSet(command, null)) {
                lanes.counters.activeCommands.decrementAndGet();
            }
            return;
        }
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
            touch();
            if (next != null) {
                start(next);
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

    private void start(Command<C> command) {
        if (command.isEnded()) {
            ended(command);
            return;
        }
        try {
            command.start();
        } catch (Throwable t) {
            if (!command.endWith(t)) {
                lanes.listener.unexpected("starting a command", t);
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

    /** Interrupts what runs on the session's own connection; for the end of the lanes. */
    void interruptDedicated(Resource.Interrupts cause) {
        Resource<C> own = dedicated;
        if (own != null) {
            own.interruptAny(cause);
        }
    }
}
