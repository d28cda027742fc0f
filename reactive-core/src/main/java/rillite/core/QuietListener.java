package rillite.core;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that throws must not take a lane with it. */
final class QuietListener implements LaneListener {
    private static final Logger LOG = LoggerFactory.getLogger(LaneListener.class);

    private final LaneListener told;
    private final boolean silent;

    QuietListener(LaneListener told) {
        this.told = told;
        this.silent = told == SilentListener.INSTANCE;
    }

    private void quietly(Runnable call) {
        if (silent) {
            return;
        }
        try {
            call.run();
        } catch (Throwable t) {
            LOG.warn("A LaneListener threw; the lanes go on", t);
        }
    }

    @Override
    public void groupCommitted(int size, Duration took) {
        quietly(() -> told.groupCommitted(size, took));
    }

    @Override
    public void groupReplayed(int size) {
        quietly(() -> told.groupReplayed(size));
    }

    @Override
    public void writeWaited(Duration waited) {
        quietly(() -> told.writeWaited(waited));
    }

    @Override
    public void lockedByOther() {
        quietly(told::lockedByOther);
    }

    @Override
    public void cursorSpilled(SnapshotTooOldException.Reason reason, long bytes) {
        quietly(() -> told.cursorSpilled(reason, bytes));
    }

    @Override
    public void snapshotTooOld(SnapshotTooOldException.Reason reason, Duration age, String label) {
        quietly(() -> told.snapshotTooOld(reason, age, label));
    }

    @Override
    public void transactionIdle(String transaction, Duration age) {
        quietly(() -> told.transactionIdle(transaction, age));
    }

    @Override
    public void outcomeUnknown(int members, Throwable cause) {
        quietly(() -> told.outcomeUnknown(members, cause));
    }

    @Override
    public void unexpected(String what, Throwable error) {
        quietly(() -> told.unexpected(what, error));
    }
}
