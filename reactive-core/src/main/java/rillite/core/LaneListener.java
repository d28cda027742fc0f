package rillite.core;

import java.time.Duration;

/**
 * Hears of what the lanes do, for metrics and logs. Called on lane threads and on the timer: an implementation returns at
 * once and never throws.
 */
public interface LaneListener {

    /** Returns a listener that does nothing. */
    static LaneListener silent() {
        return SilentListener.INSTANCE;
    }

    /** A group of writes was committed together. */
    default void groupCommitted(int size, Duration took) {}

    /** A group failed and its members run again one by one. */
    default void groupReplayed(int size) {}

    /** A write, or the first of a group, waited this long in the queue; a lease, until it was granted. */
    default void writeWaited(Duration waited) {}

    /** Another process holds the write lock; the writer tries again. */
    default void lockedByOther() {}

    /** An open cursor was drained to the heap. */
    default void cursorSpilled(SnapshotTooOldException.Reason reason, long bytes) {}

    /** An open cursor lost its snapshot. */
    default void snapshotTooOld(SnapshotTooOldException.Reason reason, Duration age, String label) {}

    /** A transaction was rolled back because it sent no command. */
    default void transactionIdle(String transaction, Duration age) {}

    /** A commit's answer was neither yes nor no. */
    default void outcomeUnknown(int members, Throwable cause) {}

    /** Something failed that no subscriber can be told, such as closing a connection. */
    default void unexpected(String what, Throwable error) {}
}
