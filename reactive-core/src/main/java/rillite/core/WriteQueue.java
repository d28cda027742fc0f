package rillite.core;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.util.concurrent.Queues;

/**
 * The bounded queue before the writer: many producers, one consumer, FIFO, a full queue refuses at once.
 *
 * <p>A slot and its bytes are taken by {@link #offer} and given back by {@link #release}, once per element: by the writer
 * when it claims the element, or by whoever cancels it first. A cancelled element stays linked until the writer passes it,
 * so the count of slots is exact although nothing is removed from the middle.
 */
final class WriteQueue<E> {
    private final Queue<E> elements = Queues.<E>unboundedMultiproducer().get();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final int limit;
    private final long byteLimit;

    WriteQueue(int limit, long byteLimit) {
        this.limit = limit;
        this.byteLimit = byteLimit;
    }

    /** Takes a slot and appends the element; false, without any trace, when a bound is met. */
    boolean offer(E element, long size) {
        if (depth.incrementAndGet() > limit) {
            depth.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(size) > byteLimit && size < bytes.get()) {
            bytes.addAndGet(-size);
            depth.decrementAndGet();
            return false;
        }
        return elements.offer(element);
    }

    @Nullable
    E poll() {
        return elements.poll();
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    void release(long size) {
        depth.decrementAndGet();
        bytes.addAndGet(-size);
    }

    int depth() {
        return depth.get();
    }

    long bytes() {
        return bytes.get();
    }
}
