package rillite.auth.vertx;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A row of {@code auth_web_session}. The arrays are shared and never changed. */
@SuppressWarnings("ArrayRecordComponent")
record StoredSession(byte[] hash, byte[] payload, long timeout, long lastAccessed, int version) {

    /** What is stored of an id. */
    static byte[] hash(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return "StoredSession[version " + version + "]";
    }
}
