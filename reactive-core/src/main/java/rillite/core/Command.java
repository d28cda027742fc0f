package rillite.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** One native run in the order of its session. */
abstract class Command<C extends PhysicalConnection> extends CommandState {
    final Session<C> session;
    /** The resource of the current run; written by the lane or the session before the run. */
    volatile @Nullable Resource<C> resource;
    /** In ticks of the lanes' ticker; {@link Long#MAX_VALUE} is none. */
    long deadline = Long.MAX_VALUE;
    /** The queue whose slot the command takes; written before the slot is. */
    volatile @Nullable Slots<C> slots;

    long bytes;
    /** Set while the command waits for a connection of the reader pool. */
    volatile boolean wantsConnection;

    Duration lockWait = Duration.ZERO;
    long enqueued;
    private volatile @Nullable Disposable statementTimer;

    Command(Session<C> session) {
        this.session = session;
    }

    /** Hands the command to a lane when its session's turn has come, or ends it at once. */
    abstract void start();

    /** Runs on a lane thread with the resource; the session goes on when {@link Session#ended} is called. */
    abstract void run(Resource<C> resource);

    /** Tells the subscriber of an error; called after the command was ended. */
    abstract void fail(Throwable error);

    /** Tells that a bound may refuse it; what gives resources back is never refused. */
    boolean bounded() {
        return true;
    }

    /** Tells that nobody waits for it any more, or no longer than until now: a lane that put it back asks. */
    boolean withdrawn() {
        return false;
    }

    /** Ends a command that was withdrawn; called after {@link #end()} was won. */
    void withdraw() {
        drop();
        session.ended(this);
    }

    /** Ends a command that waits, with an error; false when it runs or has ended. */
    final boolean endWith(Throwable error) {
        if (!end()) {
            return false;
        }
        drop();
        session.ended(this);
        fail(error);
        return true;
    }

    /** Gives back what a command held while it waited. */
    final void drop() {
        disarmStatementTimer();
        Slots<C> taken = slots;
        if (taken != null) {
            taken.dropped(this);
        }
    }

    final void armLockWait(Duration wait) {
        lockWait = wait;
        enqueued = session.lanes.ticker.nanos();
        deadline = wait.isZero() ? Long.MAX_VALUE : enqueued + wait.toNanos();
    }

    final boolean expired(long now) {
        return deadline != Long.MAX_VALUE && now - deadline >= 0;
    }

    final void armStatementTimer(Duration timeout) {
        if (timeout.isZero()) {
            return;
        }
        statementTimer = session.lanes.timer.schedule(timeout, this::statementTimeout);
        if (isEnded()) {
            disarmStatementTimer();
        }
    }

    final void disarmStatementTimer() {
        Disposable timer = statementTimer;
        if (timer != null) {
            timer.dispose();
            statementTimer = null;
        }
    }

    /** The statement's own deadline passed; on the timer thread. */
    void statementTimeout() {}

    final LaneTimeoutException lockWaitError(@Nullable Throwable cause) {
        return new LaneTimeoutException(
                session.lanes.name(),
                LaneTimeoutException.Kind.LOCK_WAIT,
                lockWait,
                session.lanes.holder(cause != null),
                cause);
    }

    /** A bounded queue that gives a slot to each command that waits in it. */
    interface Slots<C extends PhysicalConnection> {

        /** The command was ended by somebody else while it waited. */
        void dropped(Command<C> command);
    }
}
