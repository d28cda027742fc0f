package rillite.core;

import java.time.Duration;

/**
 * What the lanes are doing at one instant. Counters only grow; everything else goes back to zero when no work is left,
 * except the connections kept for reuse.
 *
 * @param writerQueueDepth writes and leases waiting
 * @param writerQueueBytes bytes of captured values waiting
 * @param leases write and read transactions that hold a connection
 * @param leaseAge age of the write lease, zero when there is none
 * @param readQueueDepth reads waiting for a thread or a connection
 * @param readerConnections reader connections open
 * @param readersBusy reader connections running a statement or held
 * @param openCursors cursors that hold a connection between two chunks
 * @param oldestSnapshot age of the oldest open cursor
 * @param activeCommands commands that sessions have started and not ended
 * @param sessions sessions not closed
 * @param writes writes acknowledged
 * @param groups commit groups of two writes or more
 * @param groupedWrites writes that shared a commit
 * @param replays groups that were replayed one by one
 * @param rowsRead rows copied from cursors
 * @param spilledBytes bytes drained to the heap before their time
 * @param interrupts statements interrupted
 */
public record LaneStats(
        int writerQueueDepth,
        long writerQueueBytes,
        int leases,
        Duration leaseAge,
        int readQueueDepth,
        int readerConnections,
        int readersBusy,
        int openCursors,
        Duration oldestSnapshot,
        int activeCommands,
        int sessions,
        long writes,
        long groups,
        long groupedWrites,
        long replays,
        long rowsRead,
        long spilledBytes,
        long interrupts) {

    /** Tells that nothing is queued, running, leased or parked: what must be true after every workload. */
    public boolean idle() {
        return writerQueueDepth == 0
                && writerQueueBytes == 0
                && leases == 0
                && readQueueDepth == 0
                && readersBusy == 0
                && openCursors == 0
                && activeCommands == 0;
    }
}
