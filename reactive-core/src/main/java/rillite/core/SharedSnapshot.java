package rillite.core;

/**
 * Several short reads on one snapshot: taking a snapshot costs more than a point read does.
 *
 * <p>Only reads that were subscribed before the snapshot began may see it, so that whoever waited for a write finds it; a
 * bound on time and number keeps it young. What is being shared is remembered by the lane thread, for only that thread may
 * touch the connection meanwhile. See {@code docs/adr} on shared snapshots.
 */
final class SharedSnapshot<C extends PhysicalConnection> {
    private static final int MOST_READS = 32;
    private static final long MOST_NANOS = 500_000;

    private final Lanes<C> lanes;

    SharedSnapshot(Lanes<C> lanes) {
        this.lanes = lanes;
    }

    boolean begin(Resource<C> owned) {
        LaneThread self = (LaneThread) Thread.currentThread();
        long now = lanes.ticker.nanos();
        try {
            if (!owned.connection.beginShared()) {
                return false;
            }
        } catch (Exception e) {
            lanes.listener.unexpected("starting a shared snapshot", e);
            return false;
        }
        self.sharing = owned;
        self.sharedSince = now;
        self.sharedReads = 0;
        return true;
    }

    /** Tells whether this thread shares this connection now. */
    boolean holds(Resource<C> owned) {
        return Thread.currentThread() instanceof LaneThread self && self.sharing == owned;
    }

    /** Counts a read; false when the snapshot should end, or a cursor has taken the connection along. */
    boolean goesOn(Resource<C> owned) {
        return Thread.currentThread() instanceof LaneThread self
                && self.sharing == owned
                && ++self.sharedReads < MOST_READS
                && lanes.ticker.nanos() - self.sharedSince < MOST_NANOS;
    }

    /** Tells whether a command was subscribed before the snapshot began. */
    boolean admits(Command<C> command) {
        return Thread.currentThread() instanceof LaneThread self && command.enqueued - self.sharedSince < 0;
    }

    void end(Resource<C> owned) {
        if (Thread.currentThread() instanceof LaneThread self && self.sharing == owned) {
            self.sharing = null;
            try {
                owned.connection.endShared();
            } catch (Exception e) {
                lanes.listener.unexpected("ending a shared snapshot", e);
            }
        }
    }
}
