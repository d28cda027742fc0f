package rillite.core;

import org.jspecify.annotations.Nullable;

/** The lanes or the session are closed. The command was not run, or was stopped and undone. */
public final class LaneClosedException extends LaneException {

    private static final long serialVersionUID = 1;

    LaneClosedException(String lanes, String what) {
        super(lanes + ": " + what + " is closed; the command was not run. Open it again to go on.", null);
    }

    /** It was stopped while it ran. */
    LaneClosedException(String lanes, String what, @Nullable Throwable cause) {
        super(
                lanes + ": " + what + " was closed while the command ran; it was stopped and nothing of it is applied.",
                cause);
    }
}
