package rillite.core;

/** One visit of a cursor to a lane: open and read the first chunk, read the next one, drain it, or close it. */
final class CursorPull<C extends PhysicalConnection> extends Command<C> {
    private final CursorSubscription<C, ?, ?> cursor;
    private final boolean first;

    CursorPull(Session<C> session, CursorSubscription<C, ?, ?> cursor, boolean first) {
        super(session);
        this.cursor = cursor;
        this.first = first;
    }

    @Override
    boolean start() {
        return cursor.startPull(this, first);
    }

    @Override
    void run(Resource<C> owned) {
        cursor.runPull(this, owned);
    }

    @Override
    void fail(Throwable error) {
        cursor.failPull(error);
    }

    @Override
    void statementTimeout() {
        cursor.statementTimeout(this);
    }

    @Override
    LaneTimeoutException lockWaitError(@org.jspecify.annotations.Nullable Throwable cause) {
        return super.lockWaitError(cause);
    }
}
