package rillite.querysets;

/**
 * What a bulk did; only rows that are committed count.
 *
 * @param inserted new rows
 * @param ignored rows that met an existing one and left it as it is
 * @param updated rows that met an existing one and changed it
 * @param windows transactions, or parts of the one that was open
 */
public record BulkResult(long inserted, long ignored, long updated, long windows) {

    static final BulkResult NONE = new BulkResult(0, 0, 0, 0);

    BulkResult plus(BulkResult other) {
        return new BulkResult(
                inserted + other.inserted, ignored + other.ignored, updated + other.updated, windows + other.windows);
    }
}
