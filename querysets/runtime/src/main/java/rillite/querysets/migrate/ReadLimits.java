package rillite.querysets.migrate;

import java.io.IOException;
import java.io.InputStream;

/** Bounds the memory that reading takes: each file, all files together, and how many there are. One per reading. */
final class ReadLimits {

    static final int LARGEST_FILE = 16 << 20;
    static final long LARGEST_SUM = 64L << 20;
    static final int MOST_FILES = 10_000;
    /** Folders hold other things too, but not without end. */
    static final int MOST_ENTRIES = 100_000;

    private long sum;
    private int files;
    private int entries;

    /** Counts an entry of a folder, whatever it is. */
    void entry(String folder) {
        entries++;
        if (entries > MOST_ENTRIES) {
            throw MigrationErrors.invalid(
                    folder, "the folder has more than " + MOST_ENTRIES + " entries; give migrations one of their own.");
        }
    }

    /** Reads a file to its end, or fails as soon as a bound is met. */
    byte[] read(String place, InputStream in) throws IOException {
        files++;
        if (files > MOST_FILES) {
            throw MigrationErrors.invalid(
                    place, "there are more than " + MOST_FILES + " files. Begin a new folder with a baseline.");
        }
        byte[] content = in.readNBytes(LARGEST_FILE + 1);
        check(place, content.length);
        sum += content.length;
        if (sum > LARGEST_SUM) {
            throw MigrationErrors.invalid(
                    place,
                    "with this file the migrations have more than " + (LARGEST_SUM >> 20)
                            + " MiB together. Load large data by an import instead.");
        }
        return content;
    }

    /** Fails for a file that is too large; asked before it is opened where its size is known. */
    static void check(String place, long size) {
        if (size > LARGEST_FILE) {
            throw MigrationErrors.invalid(
                    place,
                    "the file has more than " + (LARGEST_FILE >> 20)
                            + " MiB. Split it, or load large data by an import instead.");
        }
    }
}
