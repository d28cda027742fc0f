package rillite.auth.spring.session;

import java.time.Duration;
import java.time.Instant;

/** When sessions end, in the numbers of the table. */
final class Life {

    /** The end of what never ends, as spring-session-jdbc writes it. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Life() {}

    /** Whole seconds, rounded up, so that nothing ends early; negative is for ever. */
    static long seconds(Duration interval) {
        if (interval.isNegative()) {
            return -1;
        }
        long seconds = interval.getSeconds();
        return seconds >= Integer.MAX_VALUE ? Integer.MAX_VALUE : seconds + (interval.getNano() > 0 ? 1 : 0);
    }

    /** Milliseconds since 1970, within bounds in which sums do not overflow. */
    static long millis(Instant time) {
        if (time.isAfter(LATEST)) {
            return LATEST.toEpochMilli();
        }
        return time.isBefore(Instant.EPOCH) ? 0 : time.toEpochMilli();
    }

    static long end(long visited, long seconds) {
        return seconds < 0 ? NEVER : visited + Math.min(seconds, Integer.MAX_VALUE) * 1000;
    }

    static boolean isOver(long visited, long seconds, long now) {
        return seconds >= 0 && end(visited, seconds) <= now;
    }
}
