package rillite.auth.vertx;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that got another id, whose row is still under the old one. {@code SessionHandler} deletes the old id first and stores
 * the session then; here one statement moves the row, so that nobody who ended the session in between brings it back.
 */
final class SessionMoves {

    private final Set<SqliteSession> moving = Collections.newSetFromMap(new WeakHashMap<>());

    synchronized void begin(SqliteSession session) {
        moving.add(session);
    }

    synchronized void end(SqliteSession session) {
        moving.remove(session);
    }

    /**
     * Whether this is the old id of such a session: the very text that the session gives, since the same id from elsewhere means
     * to end it.
     */
    @SuppressWarnings("ReferenceEquality")
    synchronized boolean isOldId(String id) {
        for (SqliteSession session : moving) {
            if (session.oldId() == id && !session.isDestroyed()) {
                return true;
            }
        }
        return false;
    }

    /** The row of such a session, which is still under another id than its own; null when it has none. */
    synchronized @Nullable StoredSession rowOf(String id) {
        for (SqliteSession session : moving) {
            if (session.id().equals(id)) {
                return session.stored();
            }
        }
        return null;
    }
}
