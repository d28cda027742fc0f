package rillite.auth.vertx;

import rillite.auth.Secret;

/** A row of {@code auth_web_session}. The arrays are shared and never changed. */
@SuppressWarnings("ArrayRecordComponent")
record StoredSession(byte[] hash, byte[] payload, long timeout, long lastAccessed, int version) {

    /** What is stored of an id. */
    static byte[] hash(String id) {
        return Secret.of(id).sha256();
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return "StoredSession[version " + version + "]";
    }
}
