package rillite.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;

/** Every interleaving, or very many, of the small machines that the lanes stand on. */
@Timeout(120)
final class InterleavingIT {

    private static void modelCheck(Class<?> machine, int threads, int actors) {
        new ModelCheckingOptions()
                .threads(threads)
                .actorsPerThread(actors)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(10)
                .invocationsPerIteration(400)
                .check(machine);
    }

    private static void stress(Class<?> machine, int threads, int actors) {
        new StressOptions()
                .threads(threads)
                .actorsPerThread(actors)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .check(machine);
    }

    @Test
    void writeQueue_bounds_areMetExactly() {
        modelCheck(Bounds.class, 3, 3);
        stress(Bounds.class, 3, 4);
    }

    @Test
    void writeQueue_order_isThatOfArrival() {
        modelCheck(Order.class, 3, 3);
        stress(Order.class, 3, 4);
    }

    @Test
    void command_rights_areWonOnce() {
        modelCheck(Rights.class, 3, 3);
        stress(Rights.class, 3, 4);
    }

    @Test
    void permits_areNeitherLostNorDoubled() {
        modelCheck(Holders.class, 3, 3);
        stress(Holders.class, 3, 4);
    }

    @Test
    void readerPool_connections_areNeitherLostNorDoubled() {
        stress(Connections.class, 3, 4);
    }

    @Test
    void cursor_nativeSide_isTouchedByOneAndNoStopIsLost() {
        modelCheck(Visits.class, 3, 3);
        stress(Visits.class, 3, 4);
    }

    /** Slots and bytes of the writer's queue; each thread releases only what it has reserved. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    @Param(name = "size", gen = IntGen.class, conf = "1:3")
    public static final class Bounds {
        private final WriteQueue<Object> queue = new WriteQueue<>(3, 5);
        private final Deque<?>[] reserved = new Deque<?>[16];

        public Bounds() {
            for (int i = 0; i < reserved.length; i++) {
                reserved[i] = new ArrayDeque<Integer>();
            }
        }

        @SuppressWarnings("unchecked")
        private Deque<Integer> mine(int thread) {
            return (Deque<Integer>) reserved[thread];
        }

        @Operation
        public boolean reserve(@Param(name = "thread") int thread, @Param(name = "size") int size) {
            boolean taken = queue.reserve(size);
            if (taken) {
                mine(thread).push(size);
            }
            return taken;
        }

        @Operation
        public int release(@Param(name = "thread") int thread) {
            Integer size = mine(thread).poll();
            if (size == null) {
                return 0;
            }
            queue.release(size);
            return size;
        }

        @Operation
        public int depth() {
            return queue.depth();
        }

        @Operation
        public long bytes() {
            return queue.bytes();
        }
    }

    /** Many producers and one consumer, which may put an element back. */
    public static final class Order {
        private final WriteQueue<Integer> queue = new WriteQueue<>(100, 100);

        @Operation
        public void add(@Param(gen = IntGen.class, conf = "1:9") int value) {
            queue.add(value);
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Integer poll() {
            return queue.poll();
        }

        @Operation(nonParallelGroup = "consumer")
        public @Nullable Integer peek() {
            return queue.peek();
        }

        @Operation(nonParallelGroup = "consumer")
        public boolean pollAndPutBack() {
            Integer head = queue.poll();
            if (head != null) {
                queue.putBack(head);
            }
            return head != null;
        }

        @Operation(nonParallelGroup = "consumer")
        public boolean isEmpty() {
            return queue.isEmpty();
        }
    }

    /** The rights to run, to end, to give the slot back and to tell. */
    public static final class Rights {
        private final CommandState command = new CommandState() {};

        @Operation
        public boolean claim() {
            return command.claim();
        }

        @Operation
        public void unclaim() {
            command.unclaim();
        }

        @Operation
        public boolean end() {
            return command.end();
        }

        @Operation(runOnce = true)
        public void takeSlot() {
            command.takeSlot();
        }

        @Operation
        public boolean giveSlot() {
            return command.giveSlot();
        }

        @Operation
        public boolean ask() {
            return command.ask();
        }

        @Operation
        public boolean leave() {
            return command.leave();
        }

        @Operation
        public boolean tell() {
            return command.tell();
        }

        @Operation
        public boolean isCancelled() {
            return command.isCancelled();
        }
    }

    /** Holders of connections; each thread has one waiter that may end at any moment. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static final class Holders {
        private final Permits<Waiter> permits = new Permits<>(1);
        private final Waiter[] waiters = new Waiter[16];
        private final boolean[] cursors = new boolean[16];

        public Holders() {
            for (int i = 0; i < waiters.length; i++) {
                waiters[i] = new Waiter();
            }
        }

        @Operation
        public boolean tryTake(@Param(name = "thread") int thread) {
            boolean taken = !cursors[thread] && permits.tryTake();
            cursors[thread] |= taken;
            return taken;
        }

        @Operation
        public void giveBack(@Param(name = "thread") int thread) {
            if (cursors[thread]) {
                cursors[thread] = false;
                permits.giveBack();
            }
        }

        @Operation
        public boolean takeOrWait(@Param(name = "thread") int thread) {
            Waiter waiter = waiters[thread];
            return waiter.place == Permits.Place.NEW && permits.takeOrWait(waiter);
        }

        @Operation
        public boolean forget(@Param(name = "thread") int thread) {
            boolean had = permits.forget(waiters[thread]);
            if (had) {
                permits.giveBack();
            }
            return had;
        }

        @Validate
        public void everyPermitIsAccountedFor() {
            int held = 0;
            for (int i = 0; i < waiters.length; i++) {
                held += waiters[i].place == Permits.Place.HELD ? 1 : 0;
                held += cursors[i] ? 1 : 0;
            }
            if (held != permits.held()) {
                throw new IllegalStateException(held + " hold, " + permits.held() + " counted");
            }
            if (held == 0 && !permits.waiting().isEmpty()) {
                throw new IllegalStateException("somebody waits for a permit that is free");
            }
        }

        /** Waits, holds or has gone. */
        static final class Waiter implements Permits.Waiter {
            private Permits.Place place = Permits.Place.NEW;

            @Override
            public Permits.Place place() {
                return place;
            }

            @Override
            public void place(Permits.Place next) {
                place = next;
            }
        }
    }

    /** Connections of the reader pool, of which there may be two. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static final class Connections {
        private final Queue<Command<FakeConnection>> handed = new ConcurrentLinkedQueue<>();
        private final Lanes<FakeConnection> lanes = new Lanes<>(
                new FakeDatabase(),
                LaneOptions.builder()
                        .readerThreads(1)
                        .maxReaderConnections(2)
                        .maxOpenCursors(1)
                        .build());
        private final ReaderPool<FakeConnection> pool = new ReaderPool<>(lanes, handed::add);
        private final Deque<?>[] owned = new Deque<?>[16];

        public Connections() {
            for (int i = 0; i < owned.length; i++) {
                owned[i] = new ArrayDeque<Resource<FakeConnection>>();
            }
        }

        @SuppressWarnings("unchecked")
        private Deque<Resource<FakeConnection>> mine(int thread) {
            return (Deque<Resource<FakeConnection>>) owned[thread];
        }

        @Operation
        public void acquire(@Param(name = "thread") int thread) {
            Resource<FakeConnection> found = pool.acquire(new Read(lanes.session(Duration.ZERO)));
            if (found != null) {
                mine(thread).push(found);
            }
        }

        @Operation
        public void release(@Param(name = "thread") int thread) {
            Resource<FakeConnection> back = mine(thread).poll();
            if (back != null) {
                pool.release(back);
            }
        }

        @Operation
        public void releaseBroken(@Param(name = "thread") int thread) {
            Resource<FakeConnection> back = mine(thread).poll();
            if (back != null) {
                back.broken = true;
                pool.release(back);
            }
        }

        @Operation
        public void forget(@Param(name = "thread") int thread) {
            Command<FakeConnection> handedOver = handed.poll();
            if (handedOver == null) {
                return;
            }
            Resource<FakeConnection> resource = handedOver.resource;
            Resource<FakeConnection> got = resource != null ? resource : pool.acquire(handedOver);
            if (got != null) {
                mine(thread).push(got);
            }
        }

        @Validate
        public void everyConnectionIsSomewhere() {
            int out = 0;
            for (Deque<?> mine : owned) {
                out += mine.size();
            }
            int retries = 0;
            for (Command<FakeConnection> command : handed) {
                out += command.resource != null ? 1 : 0;
                retries += command.resource == null ? 1 : 0;
            }
            if (pool.busy() != out) {
                throw new IllegalStateException(pool.busy() + " busy, " + out + " given out");
            }
            if (pool.total() > 2) {
                throw new IllegalStateException(pool.total() + " connections");
            }
            if (out + retries == 0 && !pool.waiting().isEmpty()) {
                throw new IllegalStateException("a read waits for a connection that is free");
            }
        }
    }

    private static final class Read extends Command<FakeConnection> {

        Read(Session<FakeConnection> session) {
            super(session);
        }

        @Override
        void start() {}

        @Override
        void run(Resource<FakeConnection> resource) {}

        @Override
        void fail(Throwable error) {}
    }

    /** A cursor's visits, as its subscriber, its lanes and whoever stops it move it on. */
    public static final class Visits {
        private final CursorPhase phase = new CursorPhase();
        private final Queue<Boolean> queued = new ConcurrentLinkedQueue<>();
        private final AtomicInteger inside = new AtomicInteger();
        private volatile boolean stopped;
        private volatile boolean doubled;

        @Operation
        public void demand() {
            if (phase.begin() || phase.enqueue()) {
                queued.add(true);
            }
        }

        @Operation
        public void visit() {
            if (queued.poll() == null || !phase.run()) {
                return;
            }
            touch();
            if (stopped) {
                phase.end();
                return;
            }
            phase.park();
            if (stopped && phase.enqueue()) {
                queued.add(true);
            }
        }

        @Operation(nonParallelGroup = "owner")
        public void spill() {
            if (phase.take()) {
                touch();
                phase.end();
            }
        }

        @Operation
        public void stop() {
            stopped = true;
            if (!phase.endIdle() && !phase.isRunning() && phase.enqueue()) {
                queued.add(true);
            }
        }

        private void touch() {
            doubled |= inside.incrementAndGet() != 1;
            inside.decrementAndGet();
        }

        @Validate
        public void oneTouchesItAndAStopIsHeard() {
            if (doubled) {
                throw new IllegalStateException("two in the native side at once");
            }
            if (stopped && !phase.isEnded() && queued.isEmpty()) {
                throw new IllegalStateException("a stop was lost");
            }
        }
    }
}
