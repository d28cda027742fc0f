package rillite.auth;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parameters of stored hashes that are not those of the options. The library keeps memory for each of them as long as the
 * process lives, so there are only so many: a table full of odd ones must not use the memory up.
 */
final class ForeignCosts {

    /** Those of this process: the library has one set of functions for it too. */
    static final ForeignCosts OF_PROCESS = new ForeignCosts(16, 1 << 19);

    private final Set<Kind> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong taken = new AtomicLong();
    private final int most;
    private final long mostKib;

    /**
     * @param most kinds
     * @param mostKib memory of all of them
     */
    ForeignCosts(int most, long mostKib) {
        this.most = most;
        this.mostKib = mostKib;
    }

    private record Kind(Argon2 cost, int length) {}

    /** Whether such hashes may be checked; if so, they may from now on. */
    boolean hasRoomFor(Argon2 cost, int length) {
        Kind kind = new Kind(cost, length);
        if (known.contains(kind)) {
            return true;
        }
        if (known.size() >= most || taken.get() + cost.memory() > mostKib) {
            return false;
        }
        if (known.add(kind)) {
            taken.addAndGet(cost.memory());
        }
        return true;
    }
}
