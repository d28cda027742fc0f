package rillite.core.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import rillite.core.PhysicalConnection;
import rillite.core.testing.FakeDatabase.Point;
import rillite.core.testing.FakeError.Code;

/**
 * A connection of the fake. It behaves as SQLite does where that matters: an interrupt is lost on an idle connection and
 * sticks while a cursor is open; an interrupted write ends its transaction; a commit may fail and leave it open.
 */
@SuppressWarnings("try")
public final class FakeConnection implements PhysicalConnection {
    private final FakeDatabase database;
    private final Kind kind;
    private final int number;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final Deque<Integer> savepoints = new ArrayDeque<>();
    private final Object signal = new Object();
    private int active;
    private boolean interrupted;
    private volatile int cursors;
    private volatile boolean transaction;
    private boolean writing;
    private boolean deferredViolation;
    private volatile boolean shared;
    private int start;
    private int snapshot = -1;
    private volatile boolean closed;

    /** What a connection was opened for. */
    public enum Kind {
        WRITER,
        READER,
        DEDICATED
    }

    FakeConnection(FakeDatabase database, Kind kind, int number) {
        this.database = database;
        this.kind = kind;
        this.number = number;
    }

    public Kind kind() {
        return kind;
    }

    FakeDatabase database() {
        return database;
    }

    void enter() {
        if (!inside.compareAndSet(null, Thread.currentThread())) {
            database.violation("two threads in " + this + ", the other is " + inside.get());
        }
        if (closed) {
            database.violation(this + " used after close");
        }
    }

    void leave() {
        inside.set(null);
    }

    private void call(Point point, Runnable body) {
        enter();
        try {
            database.at(point, this);
            body.run();
        } finally {
            leave();
        }
    }

    @Override
    public void beginWrite() {
        call(Point.BEGIN, () -> {
            if (transaction) {
                database.violation("BEGIN inside a transaction on " + this);
            }
            takeLock();
            database.begins.incrementAndGet();
            transaction = true;
            writing = true;
            start = database.size();
        });
    }

    /** Starts a read transaction: its snapshot is that of its first read. */
    public void beginRead() {
        call(Point.BEGIN, () -> {
            if (transaction) {
                database.violation("BEGIN inside a transaction on " + this);
            }
            database.begins.incrementAndGet();
            transaction = true;
            writing = false;
        });
    }

    @Override
    public boolean beginShared() {
        enter();
        try {
            if (!database.sharesSnapshots()) {
                return false;
            }
            if (transaction || shared || cursors > 0 || kind != Kind.READER) {
                database.violation("a snapshot shared on a busy " + this);
            }
            shared = true;
            return true;
        } finally {
            leave();
        }
    }

    @Override
    public void endShared() {
        enter();
        if (!shared) {
            database.violation("the end of a snapshot that is not shared on " + this);
        }
        shared = false;
        if (cursors == 0) {
            snapshot = -1;
        }
        leave();
    }

    private void takeLock() {
        if (database.isLockedByOther()) {
            throw new FakeError(Code.BUSY, "locked by another process");
        }
        database.lock(this);
    }

    @Override
    public void commit() {
        call(Point.COMMIT, () -> {
            if (!transaction) {
                database.violation("COMMIT without a transaction on " + this);
            }
            if (deferredViolation) {
                throw new FakeError(Code.CONSTRAINT, "deferred");
            }
            if (writing) {
                database.commitAll();
            }
            end();
            database.commits.incrementAndGet();
        });
    }

    @Override
    public void rollback() {
        call(Point.ROLLBACK, this::undo);
    }

    private void undo() {
        if (writing) {
            database.truncate(start);
        }
        end();
    }

    private void end() {
        transaction = false;
        writing = false;
        deferredViolation = false;
        savepoints.clear();
        if (active == 0 || kind != Kind.READER) {
            snapshot = -1;
        }
        database.unlock(this);
    }

    /** A scripted failure has the side effect that its code has in real life. */
    void failed(Code code, Point point) {
        if (!transaction) {
            return;
        }
        boolean lost = point == Point.COMMIT && code == Code.IOERR && database.appliesOnIoError();
        if (lost) {
            if (writing) {
                database.commitAll();
            }
            end();
        } else if (code == Code.KILLED || code == Code.IOERR) {
            undo();
        }
    }

    @Override
    public boolean inTransaction() {
        enter();
        try {
            return transaction;
        } finally {
            leave();
        }
    }

    @Override
    public void savepoint() {
        call(Point.SAVEPOINT, () -> savepoints.push(database.size()));
    }

    @Override
    public void releaseSavepoint() {
        call(Point.RELEASE_SAVEPOINT, this::popSavepoint);
    }

    private int popSavepoint() {
        Integer mark = savepoints.poll();
        if (mark == null) {
            database.violation("no such savepoint on " + this);
            return database.size();
        }
        return mark;
    }

    @Override
    public void rollbackToSavepoint() {
        call(Point.ROLLBACK_SAVEPOINT, () -> database.truncate(popSavepoint()));
    }

    /** Appends one value, as a statement: in the open transaction, or as its own commit. */
    public void insert(String value, Runnable body) {
        enter();
        startStatement();
        try {
            insertHere(value, body);
        } catch (FakeError e) {
            if (e.code() == Code.INTERRUPT && transaction && writing) {
                undo();
            }
            throw e;
        } finally {
            endStatement();
            leave();
        }
    }

    private void insertHere(String value, Runnable body) {
        if (kind == Kind.READER) {
            throw new FakeError(Code.CONSTRAINT, "attempt to write on a reader");
        }
        boolean auto = !transaction;
        if (auto) {
            takeLock();
            start = database.size();
        }
        database.statements.incrementAndGet();
        boolean done = false;
        try {
            database.at(Point.STATEMENT, this);
            body.run();
            database.append(value);
            if (auto) {
                autocommit();
            }
            done = true;
        } finally {
            if (auto) {
                if (!done) {
                    database.truncate(Math.max(start, database.committedSize()));
                }
                database.unlock(this);
            }
        }
    }

    private void autocommit() {
        try {
            database.at(Point.COMMIT, this);
        } catch (FakeError e) {
            if (e.code() == Code.IOERR && database.appliesOnIoError()) {
                database.commitAll();
            }
            throw e;
        }
        if (deferredViolation) {
            deferredViolation = false;
            throw new FakeError(Code.CONSTRAINT, "deferred");
        }
        database.commitAll();
        database.commits.incrementAndGet();
    }

    /** Inside a statement: COMMIT will refuse. */
    public void violateAtCommit() {
        deferredViolation = true;
    }

    /** Inside a statement: waits until it is interrupted, or until the database releases everybody. */
    public void hang() {
        database.hanging.incrementAndGet();
        try {
            synchronized (signal) {
                while (!database.isReleased() && (!interrupted || database.isDeaf())) {
                    signal.wait(10_000);
                }
            }
            checkInterrupt();
        } catch (InterruptedException e) {
            database.violation("a lane thread was interrupted");
        } finally {
            database.hanging.decrementAndGet();
        }
    }

    void wake() {
        synchronized (signal) {
            signal.notifyAll();
        }
    }

    void startStatement() {
        synchronized (signal) {
            active++;
        }
    }

    void endStatement() {
        synchronized (signal) {
            active--;
            if (active == 0) {
                interrupted = false;
            }
        }
    }

    void checkInterrupt() {
        synchronized (signal) {
            if (interrupted && !database.isDeaf()) {
                throw new FakeError(Code.INTERRUPT, "interrupted");
            }
        }
    }

    @Override
    public void interrupt() {
        synchronized (signal) {
            if (closed) {
                database.violation("interrupt after close of " + this);
            }
            database.interrupts.incrementAndGet();
            if (active > 0) {
                interrupted = true;
                signal.notifyAll();
            }
        }
    }

    /** Opens a cursor's statement; returns how many rows of the table it sees. */
    int openStatement() {
        boolean lonely = cursors == 0;
        if (kind == Kind.READER && !transaction && !lonely) {
            database.violation("a second cursor outside a transaction on " + this);
        }
        startStatement();
        cursors++;
        if (kind != Kind.READER) {
            return transaction && writing ? database.size() : database.committedSize();
        }
        if (snapshot < 0) {
            snapshot = database.committedSize();
        }
        return snapshot;
    }

    void closeStatement() {
        endStatement();
        cursors--;
        if (cursors == 0 && !transaction && !shared && !database.is(FakeDatabase.Mutant.OLD_SNAPSHOT)) {
            snapshot = -1;
        }
    }

    @Override
    public Failure classify(Throwable error, Phase phase) {
        if (!(error instanceof FakeError fake)) {
            return Failure.STATEMENT;
        }
        boolean committing = phase == Phase.COMMIT || phase == Phase.AUTOCOMMIT;
        return switch (fake.code()) {
            case BUSY -> Failure.BUSY;
            case KILLED -> Failure.TRANSACTION;
            case FULL -> Failure.NOT_APPLIED;
            case IOERR -> committing ? Failure.UNKNOWN : Failure.TRANSACTION;
            case CONSTRAINT, INTERRUPT, CANTOPEN -> Failure.STATEMENT;
        };
    }

    @Override
    public void afterWrites(boolean idle) {
        enter();
        database.afterWrites.incrementAndGet();
        if (transaction) {
            database.violation("work after a commit inside a transaction on " + this);
        }
        leave();
    }

    @Override
    public void close() {
        enter();
        synchronized (signal) {
            if (cursors > 0) {
                database.violation(this + " closed with " + cursors + " open cursors");
            }
            if (hasTransaction() && database.toleratesOpenTransactions()) {
                undo();
            } else if (hasTransaction()) {
                database.violation(this + " closed inside a transaction");
            }
            closed = true;
        }
        leave();
        database.at(Point.CLOSE, this);
    }

    boolean isOpen() {
        return !closed;
    }

    int openCursors() {
        return cursors;
    }

    boolean hasTransaction() {
        return transaction || shared;
    }

    @Override
    public String toString() {
        return kind + " " + number;
    }
}
