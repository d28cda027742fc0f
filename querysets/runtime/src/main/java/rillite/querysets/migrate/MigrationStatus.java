package rillite.querysets.migrate;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the files say and what the database has, side by side.
 *
 * @param set the set of migrations
 * @param entries every migration of either side, by number
 */
public record MigrationStatus(String set, List<Entry> entries) {

    /** How one migration stands. */
    public enum State {
        /** File and history agree. */
        APPLIED,
        /** To be applied by the next {@code migrate}. */
        PENDING,
        /** A file that is not applied, although a later one is. */
        OUT_OF_ORDER,
        /** Applied from a file whose text or name was another one. */
        CHANGED,
        /** Applied, and its file is gone. */
        MISSING,
        /** Applied, and its number is beyond every file: by newer code, or from a file that is gone. */
        NEWER
    }

    /**
     * A line of a file.
     *
     * @param number from 1
     * @param text of the statement in it, placeholders replaced
     */
    public record Line(int number, String text) {}

    /**
     * One migration.
     *
     * @param version its number as it is written in the file, else in the history
     * @param name its name, likewise
     * @param state how it stands
     * @param migration the file; null for MISSING and NEWER
     * @param applied the row of the history; null for PENDING and OUT_OF_ORDER
     * @param note what is wrong and what to do; empty where nothing is
     */
    public record Entry(
            String version,
            String name,
            State state,
            @Nullable Migration migration,
            @Nullable AppliedMigration applied,
            String note) {

        long number() {
            return Long.parseLong(version);
        }

        /**
         * The lines of a changed way up from the first to the last that is new or other, as they are now: those with a
         * part of a statement. Empty where that is not known, because the history has the checksum of the whole alone.
         */
        public List<Line> changedLines() {
            if (migration == null || applied == null) {
                return List.of();
            }
            Checksum.Change change = Checksum.change(applied.checksum(), migration.checksum());
            return change == null
                    ? List.of()
                    : List.copyOf(migration.up().lines(change.first(), change.first() + change.come() - 1));
        }

        /** Number and name, such as {@code 0003_add_email}. */
        @Override
        public String toString() {
            return version + "_" + name;
        }
    }

    public MigrationStatus {
        entries = List.copyOf(entries);
    }

    /** What the database has, by number. */
    public List<AppliedMigration> applied() {
        return entries.stream().map(Entry::applied).flatMap(Stream::ofNullable).toList();
    }

    /** The files that the database does not have yet, by number; those out of order too. */
    public List<Migration> pending() {
        return entries.stream()
                .filter(entry -> entry.applied() == null)
                .map(Entry::migration)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** What a {@code migrate} would refuse to go on with, by number. */
    public List<Entry> conflicts() {
        return entries.stream()
                .filter(entry -> entry.state() != State.APPLIED && entry.state() != State.PENDING)
                .toList();
    }

    /** Tells whether the database has exactly what the files say. */
    public boolean isUpToDate() {
        return entries.stream().allMatch(entry -> entry.state() == State.APPLIED);
    }
}
