package rillite.querysets.migrate;

import java.time.Duration;
import java.time.Instant;

/**
 * A row of the history: a migration that the database has.
 *
 * @param version its number as it was written
 * @param name its name when it was applied
 * @param checksum of its way up when it was applied
 * @param appliedAt when, to the millisecond
 * @param duration how long it took; zero for a baseline
 * @param rilliteVersion which version of this library applied it
 */
public record AppliedMigration(
        String version, String name, String checksum, Instant appliedAt, Duration duration, String rilliteVersion) {

    /** The number, by which migrations are ordered. */
    public long number() {
        return Long.parseLong(version);
    }

    /** Number and name, such as {@code 0003_add_email}. */
    @Override
    public String toString() {
        return version + "_" + name;
    }
}
