package rillite.auth.spring.session;

import java.util.Base64;
import rillite.auth.Secret;

/**
 * Ids of sessions, and what the table has of them: the id, or its SHA-256, from which nobody can sign in. A session of which
 * only the hash is known goes by a handle, which finds nothing and only ends it.
 */
final class SessionIds {

    static final int LONGEST = 1024;

    private static final String HANDLE = "sha256:";

    private final boolean hashed;

    SessionIds(boolean hashed) {
        this.hashed = hashed;
    }

    /** What the table has of an id. */
    String column(String id) {
        return hashed ? hash(id) : id;
    }

    /** What the table has of an id or a handle. */
    String columnToEnd(String idOrHandle) {
        boolean isHandle = hashed && idOrHandle.startsWith(HANDLE);
        return isHandle ? idOrHandle.substring(HANDLE.length()) : column(idOrHandle);
    }

    /** By what a session goes of which the table is all that is known. */
    String known(String column) {
        return hashed ? HANDLE + column : column;
    }

    private static String hash(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Secret.of(id).sha256());
    }

    /** Whether it can be one. Anything else that a client sends is nobody's, and reaches no statement. */
    static boolean isOne(String sent) {
        return !sent.isEmpty() && sent.length() <= LONGEST && sent.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
