package rillite.cli.shell;

import org.jspecify.annotations.Nullable;

/** Where a shell gets its entries from. */
interface Input {

    /** The next entry, complete as {@link Entry#isComplete} says, but for the last one; null at the end. */
    @Nullable String next();

    /** The number of the line in which the last entry began, 0 where lines have no numbers. */
    int line();

    /** Whether a person types: then an error does not end the shell. */
    boolean isWatched();

    /** Calls an action whenever this person wants what runs now to stop. */
    void onInterrupt(Runnable action);
}
