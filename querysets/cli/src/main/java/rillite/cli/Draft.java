package rillite.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/** What is written beside its target, under a name of its own, and takes the target's name when it is whole. */
public final class Draft {

    private Draft() {}

    /**
     * A name beside the target. It is random: the number of a process is the same in every container.
     *
     * @param prefix what it begins with
     */
    public static Path beside(Path target, String prefix) {
        long random = ThreadLocalRandom.current().nextLong() >>> 1;
        return target.resolveSibling(prefix + Long.toString(random, Character.MAX_RADIX));
    }

    /** Gives a draft the target's name, in one step where the disk can; what had that name is gone. */
    public static void replace(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
