package rillite.core;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

/**
 * A platform thread that runs native work. It is {@link NonBlocking}, so that a blocking call in a user's mapper is refused
 * instead of stopping every reader.
 */
final class LaneThread extends Thread implements NonBlocking {
    /** The reader connection on which this thread runs several reads in one snapshot now. Touched by itself only. */
    @Nullable Resource<?> sharing;

    LaneThread(String name, Runnable work) {
        super(null, work, name, 0, false);
        setDaemon(true);
    }
}
