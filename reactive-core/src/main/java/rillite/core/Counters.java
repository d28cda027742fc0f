package rillite.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The figures behind {@link LaneStats} that several lanes write. */
final class Counters {
    final AtomicInteger leases = new AtomicInteger();
    final AtomicInteger activeCommands = new AtomicInteger();
    final AtomicInteger sessions = new AtomicInteger();
    final LongAdder writes = new LongAdder();
    final LongAdder groups = new LongAdder();
    final LongAdder groupedWrites = new LongAdder();
    final LongAdder replays = new LongAdder();
    final LongAdder rowsRead = new LongAdder();
    final LongAdder spilledBytes = new LongAdder();
    final LongAdder interrupts = new LongAdder();
}
