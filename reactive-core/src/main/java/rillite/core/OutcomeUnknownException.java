package rillite.core;

import org.jspecify.annotations.Nullable;

/**
 * A commit was sent and its answer says neither yes nor no: the write may be there. Never repeated by the lanes; read back
 * before trying again.
 */
public final class OutcomeUnknownException extends LaneException {

    private static final long serialVersionUID = 1;
    private final int members;

    OutcomeUnknownException(String lanes, String what, int members, @Nullable Throwable cause) {
        super(
                lanes + ": the outcome of " + what + " is unknown (" + members
                        + " acknowledged nothing). Read back what is stored before you try again.",
                cause);
        this.members = members;
    }

    /** Returns how many writes shared the commit. */
    public int members() {
        return members;
    }
}
