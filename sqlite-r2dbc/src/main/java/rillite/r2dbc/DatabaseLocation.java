package rillite.r2dbc;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a database lives: in a file or in memory. Immutable. */
public sealed interface DatabaseLocation {
    /** True for an in-memory database. */
    boolean inMemory();

    /** The path of a file as typed, or null for an in-memory database. */
    @Nullable Path path();

    /**
     * A database file. The path is kept as typed; it is resolved to the real path when the file is opened.
     *
     * @throws IllegalArgumentException if the path holds NUL, {@code ?} or {@code #}, starts with {@code :} or
     *     {@code file:}, or names no file
     */
    record File(Path path) implements DatabaseLocation {
        public File {
            LocationRules.check(path.toString());
        }

        @Override
        public boolean inMemory() {
            return false;
        }

        @Override
        public String toString() {
            return "file " + path;
        }
    }

    /** A database in memory; a name lets several factories of one process share it, null keeps it private. */
    record Memory(@Nullable String name) implements DatabaseLocation {
        public Memory {
            if (name != null && name.isBlank()) {
                throw new IllegalArgumentException("The name of an in-memory database must not be blank");
            }
        }

        @Override
        public boolean inMemory() {
            return true;
        }

        @Override
        public @Nullable Path path() {
            return null;
        }

        @Override
        public String toString() {
            return name == null ? "private memory" : "memory " + name;
        }
    }
}
