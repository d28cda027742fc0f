package rillite.core;

import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue before the writer: many producers, one consumer, FIFO, a full queue refuses at once.
 *
 * <p>A slot and its bytes are taken by {@link #reserve} and given back by {@link #release}, once per element: by the writer
 * when it has served the element, or by whoever cancels it first. Both figures live in one word, so a bound is met exactly.
 * A cancelled element stays linked until the consumer passes it or {@link #purge} takes it out.
 */
final class WriteQueue<E> {
    private static final int BYTE_BITS = 40;
    private static final long BYTES = (1L << BYTE_BITS) - 1;
    private static final long ONE = 1L << BYTE_BITS;

    private final Deque<E> front = new ConcurrentLinkedDeque<>();
    private final Queue<E> elements = new ConcurrentLinkedQueue<>();
    private final AtomicLong taken = new AtomicLong();
    private final int limit;
    private final long byteLimit;

    WriteQueue(int limit, long byteLimit) {
        this.limit = limit;
        this.byteLimit = byteLimit;
    }

    /** Takes a slot for an element that will be added; false, without any trace, when a bound is met. */
    boolean reserve(long size) {
        while (true) {
            long now = taken.get();
            long bytes = now & BYTES;
            // an element that is larger than the bound by itself is let in when it is alone
            boolean tooLarge = bytes > 0 && bytes + size > byteLimit;
            if (now >>> BYTE_BITS >= limit || tooLarge) {
                return false;
            }
            if (taken.compareAndSet(now, now + ONE + size)) {
                return true;
            }
        }
    }

    /** Appends an element: one with a slot, or one that is never refused. */
    void add(E element) {
        elements.offer(element);
    }

    /** Puts an element that was polled back to the front; its slot is still taken. Only the consumer does. */
    void putBack(E element) {
        front.addFirst(element);
    }

    /** Only the consumer calls it. */
    @Nullable E poll() {
        E first = front.pollFirst();
        return first != null ? first : elements.poll();
    }

    /** Only the consumer calls it. */
    @Nullable E peek() {
        E first = front.peekFirst();
        return first != null ? first : elements.peek();
    }

    boolean isEmpty() {
        return elements.isEmpty() && front.isEmpty();
    }

    /** Visits what waits now; from any thread. */
    void forEach(Consumer<E> visitor) {
        front.forEach(visitor);
        elements.forEach(visitor);
    }

    /** Takes out what nobody waits for any more; from any thread. */
    void purge(Predicate<E> over) {
        front.removeIf(over);
        elements.removeIf(over);
    }

    void release(long size) {
        taken.addAndGet(-ONE - size);
    }

    int depth() {
        return (int) (taken.get() >>> BYTE_BITS);
    }

    long bytes() {
        return taken.get() & BYTES;
    }
}
