package rillite.auth.spring.session;

/** What can be the id of a session. Anything else that a client sends is nobody's, and reaches no statement. */
final class SessionIds {

    static final int LONGEST = 1024;

    private SessionIds() {}

    static boolean isOne(String sent) {
        return !sent.isEmpty() && sent.length() <= LONGEST && sent.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
