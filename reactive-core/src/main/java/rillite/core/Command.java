package rillite.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * One native run in the order of its session. The state decides, by one compare-and-set each, who ends it: the lane, a
 * cancel or a deadline.
 */
abstract class Command<C extends PhysicalConnection> {
    static final int WAITING = 0;
    static final int RUNNING = 1;
    static final int ENDED = 2;

    final Session<C> session;
    final AtomicInteger state = new AtomicInteger(WAITING);
    /** The resource of the current run; written by the lane or the session before the run. */
    @Nullable
    Resource<C> resource;
    /** In ticks of the lanes' ticker; {@link Long#MAX_VALUE} is none. */
    long deadline = Long.MAX_VALUE;

    /** Whether a slot of the writer's queue is taken, and how many bytes of it. */
    final AtomicBoolean slot = new AtomicBoolean();

    long bytes;
    /** Set while the command waits for a connection of the reader pool. */
    volatile boolean wantsConnection;

    Duration lockWait = Duration.ZERO;
    long enqueued;
    private volatile @Nullable Disposable statementTimer;

    Command(Session<C> session) {
        this.session = session;
    }

    /**
     * Hands the command to a lane when its session's turn has come. Returns false when it ended at once, so that the
     * session goes on with the next.
     */
    abstract boolean start();

    /** Runs on a lane thread with the resource; the session goes on when the command calls {@link Session#next()}. */
    abstract void run(Resource<C> resource);

    /** Ends the command with an error before it ran. Called after {@link #end()} was won. */
    abstract void fail(Throwable error);

    boolean claim() {
        return state.compareAndSet(WAITING, RUNNING);
    }

    boolean unclaim() {
        return state.compareAndSet(RUNNING, WAITING);
    }

    /** Wins the right to end a command that has not started to run. */
    boolean end() {
        return state.compareAndSet(WAITING, ENDED);
    }

    void armLockWait(Duration wait) {
        lockWait = wait;
        enqueued = session.lanes.ticker.nanos();
        deadline = wait.isZero() ? Long.MAX_VALUE : enqueued + wait.toNanos();
    }

    boolean expired(long now) {
        return deadline != Long.MAX_VALUE && now - deadline >= 0;
    }

    void armStatementTimer(Duration timeout) {
        if (!timeout.isZero()) {
            statementTimer = session.lanes.options.timer().schedule(timeout, this::statementTimeout);
        }
    }

    void disarmStatementTimer() {
        Disposable timer = statementTimer;
        if (timer != null) {
            timer.dispose();
            statementTimer = null;
        }
    }

    /** The statement's own deadline passed; on the timer thread. */
    void statementTimeout() {}

    LaneTimeoutException lockWaitError(@Nullable Throwable cause) {
        return new LaneTimeoutException(
                session.lanes.name(),
                LaneTimeoutException.Kind.LOCK_WAIT,
                lockWait,
                session.lanes.holder(session, cause != null),
                cause);
    }
}
