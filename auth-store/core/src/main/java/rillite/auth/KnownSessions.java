package rillite.auth;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that were looked up, by the hash of their token, with the mark of that moment: for as long as the mark stays they are
 * what the tables hold. So many, those asked for last.
 */
final class KnownSessions {

    private final int most;
    private final Map<ByteBuffer, Known> sessions = new LinkedHashMap<>(16, 0.75f, true);

    KnownSessions(int most) {
        this.most = most;
    }

    /**
     * @param session as it was looked up
     * @param mark of the same snapshot
     * @param readAt when
     */
    record Known(ActiveSession session, Generation.Mark mark, long readAt) {

        /** Whether it lives, and no visit is to be noted, which needs another look. */
        boolean isFresh(long now, long touchEvery) {
            return now >= readAt
                    && now < session.expiresAt().toEpochMilli()
                    && now < session.endsAt().toEpochMilli()
                    && session.lastSeenAt().toEpochMilli() > now - touchEvery;
        }
    }

    boolean isKept() {
        return most > 0;
    }

    synchronized @Nullable Known find(byte[] hash) {
        return sessions.get(ByteBuffer.wrap(hash));
    }

    synchronized void keep(byte[] hash, Known known) {
        sessions.put(ByteBuffer.wrap(hash), known);
        if (sessions.size() > most) {
            Iterator<ByteBuffer> eldest = sessions.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    synchronized void forget(byte[] hash) {
        sessions.remove(ByteBuffer.wrap(hash));
    }

    synchronized int size() {
        return sessions.size();
    }
}
