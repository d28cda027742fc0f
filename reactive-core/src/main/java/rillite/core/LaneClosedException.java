package rillite.core;

/** The lanes or the session are closed. The command was not run. */
public final class LaneClosedException extends LaneException {

    private static final long serialVersionUID = 1;

    LaneClosedException(String lanes, String what) {
        super(lanes + ": " + what + " is closed; the command was not run. Open it again to go on.", null);
    }
}
