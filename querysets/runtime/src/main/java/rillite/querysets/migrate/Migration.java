package rillite.querysets.migrate;

import org.jspecify.annotations.Nullable;

/**
 * One numbered change of a schema.
 *
 * @param version its number as it is written, 4 to 14 digits
 * @param name what follows the number in the name of the file
 * @param checksum of the way up as it is written; line ends and placeholders' values do not count
 * @param up the change
 * @param down the way back, null where there is none
 */
public record Migration(
        String version,
        String name,
        String checksum,
        MigrationScript up,
        @Nullable MigrationScript down) {

    /** The number, by which migrations are ordered. */
    public long number() {
        return Long.parseLong(version);
    }

    public boolean isReversible() {
        return down != null;
    }

    /** Number and name, such as {@code 0003_add_email}. */
    @Override
    public String toString() {
        return version + "_" + name;
    }
}
