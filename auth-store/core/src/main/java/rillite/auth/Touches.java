package rillite.auth;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Notes visits beside the requests: none waits for the writer, and none fails with it. One write for each session, and 256 in
 * all, are under way at most. It only ever updates a row: a session that was revoked stays dead.
 */
final class Touches {

    private static final int AT_ONCE = 256;

    private final Store store;
    private final Set<ByteBuffer> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @param store outside of any transaction: its end must not wait for a touch
     */
    Touches(Store store) {
        this.store = store;
    }

    /** Notes a visit if one is due. */
    void touch(byte[] hash, long lastSeen, long now) {
        AuthOptions options = store.options();
        ByteBuffer key = ByteBuffer.wrap(hash);
        if (lastSeen > now - options.touchEveryMillis() || !underWay.add(key)) {
            return;
        }
        if (!places.tryAcquire()) {
            underWay.remove(key); // a later visit will be noted
            return;
        }
        store.change(
                        "UPDATE auth_session SET last_seen_at = ?2, expires_at = min(?2 + ?3, absolute_expires_at)"
                                + " WHERE token_hash = ?1 AND last_seen_at <= ?2 - ?4 AND expires_at > ?2",
                        hash,
                        now,
                        options.sessionIdleMillis(),
                        options.touchEveryMillis())
                .doFinally(end -> {
                    underWay.remove(key);
                    places.release();
                })
                .subscribe(rows -> {}, error -> Log.debug(Touches.class, "A visit was not noted", error));
    }

    /** How many are under way. */
    int size() {
        return underWay.size();
    }
}
