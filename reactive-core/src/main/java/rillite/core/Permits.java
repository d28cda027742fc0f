package rillite.core;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts who holds something for long, up to a bound; whoever may wait is served in the order of arrival. A waiter that ends
 * is forgotten wherever it stands, also before it has asked.
 */
final class Permits<W extends Permits.Waiter> {
    private final int limit;
    private final LinkedHashSet<W> waiting = new LinkedHashSet<>();
    private int held;

    Permits(int limit) {
        this.limit = limit;
    }

    /** Takes a permit if there is one. */
    synchronized boolean tryTake() {
        if (held >= limit) {
            return false;
        }
        held++;
        return true;
    }

    /** Takes a permit beyond the bound: its place is being made at this moment. */
    synchronized void takeAnyway() {
        held++;
    }

    /** Takes a permit; false when the waiter has to wait for its turn, or has ended meanwhile. */
    synchronized boolean takeOrWait(W waiter) {
        Place place = waiter.place();
        if (place == Place.GONE) {
            return false;
        }
        if (tryTake()) {
            waiter.place(Place.HELD);
            return true;
        }
        waiter.place(Place.WAITING);
        waiting.add(waiter);
        return false;
    }

    /** Gives a permit back; returns the waiter that holds it now, or null. */
    synchronized @Nullable W giveBack() {
        held--;
        if (held >= limit || waiting.isEmpty()) {
            return null;
        }
        Iterator<W> order = waiting.iterator();
        W next = order.next();
        order.remove();
        held++;
        next.place(Place.HELD);
        return next;
    }

    /** Forgets a waiter for good; true when it held a permit, which the caller gives back. */
    synchronized boolean forget(W waiter) {
        boolean had = waiter.place() == Place.HELD;
        waiter.place(Place.GONE);
        waiting.remove(waiter);
        return had;
    }

    synchronized List<W> waiting() {
        return List.copyOf(waiting);
    }

    synchronized int held() {
        return held;
    }

    /** Where a waiter stands; read and written under the permits' lock only. */
    enum Place {
        NEW,
        WAITING,
        HELD,
        /** Ended while it waited: it must not become a holder any more. */
        GONE
    }

    /** Something that can wait for a permit. */
    interface Waiter {
        Place place();

        void place(Place next);
    }
}
