package rillite.codegen;

import java.nio.file.Path;
import java.util.List;

/**
 * What writing sources changed on disk.
 *
 * @param written files that are new or different
 * @param removed files of an earlier run that are no longer generated
 * @param unchanged how many files were the same already and were not touched
 */
public record WriteReport(List<Path> written, List<Path> removed, int unchanged) {

    public WriteReport {
        written = List.copyOf(written);
        removed = List.copyOf(removed);
    }

    /** Whether nothing had to be done. */
    public boolean isUpToDate() {
        return written.isEmpty() && removed.isEmpty();
    }
}
