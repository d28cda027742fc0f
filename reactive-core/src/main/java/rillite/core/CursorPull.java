package rillite.core;

/** One visit of a cursor to a lane: open and read the first chunk, read the next one, drain it, or close it. */
final class CursorPull<C extends PhysicalConnection> extends Command<C> {
    final CursorSubscription<C, ?, ?> cursor;
    final boolean first;
    /** The deadline of the first visit has passed. */
    volatile boolean timedOut;

    CursorPull(Session<C> session, CursorSubscription<C, ?, ?> cursor, boolean first) {
        super(session);
        this.cursor = cursor;
        this.first = first;
    }

    @Override
    boolean bounded() {
        return first;
    }

    @Override
    void start() {
        if (first) {
            cursor.startFirst(this);
        } else {
            cursor.startNext(this);
        }
    }

    @Override
    void run(Resource<C> owned) {
        cursor.visit(this, owned);
    }

    @Override
    void fail(Throwable error) {
        cursor.failFirst(error);
    }

    @Override
    void statementTimeout() {
        timedOut = true;
        cursor.timeout(this);
    }
}
