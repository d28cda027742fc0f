package rillite.core.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import rillite.core.Ticker;
import rillite.core.Timer;

/** Time that stands still until a test moves it; tasks run on the thread that moves it, in the order of their times. */
public final class ManualTime implements Ticker, Timer {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.at).thenComparingLong(task -> task.number));
    private long now;
    private long numbers;
    private boolean stopped;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Disposable schedule(Duration delay, Runnable task) {
        Task added = new Task(now + delay.toNanos(), numbers++, task);
        if (!stopped) {
            tasks.add(added);
        }
        return () -> remove(added);
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    /** Moves time on, step by step from task to task. */
    public void advance(Duration by) {
        long end;
        synchronized (this) {
            end = now + by.toNanos();
        }
        for (Task next = due(end); next != null; next = due(end)) {
            next.work.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @Nullable Task due(long end) {
        Task head = tasks.peek();
        if (head == null || head.at > end) {
            return null;
        }
        now = Math.max(now, head.at);
        return tasks.poll();
    }

    /** Returns how many tasks wait. */
    public synchronized int pending() {
        return tasks.size();
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        tasks.clear();
    }

    private record Task(long at, long number, Runnable work) {}
}
