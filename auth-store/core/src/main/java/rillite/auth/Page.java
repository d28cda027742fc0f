package rillite.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a long list: so many entries behind that one.
 *
 * @param size 1 to 1,000 entries
 * @param after what the last entry of the page before says as its {@code cursor}; null for the first page
 */
public record Page(int size, @Nullable String after) {

    private static final int LARGEST = 1_000;

    /**
     * @throws InvalidAuthValueException the size is out of bounds
     */
    public Page {
        if (size < 1 || size > LARGEST) {
            throw new InvalidAuthValueException("The size of a page is " + size + ". It must be 1 to " + LARGEST + ".");
        }
    }

    /** The first page. */
    public static Page of(int size) {
        return new Page(size, null);
    }

    /** The page behind an entry: the id of a user, the {@code seq} of an audit entry. */
    public Page after(Object entry) {
        Objects.requireNonNull(entry, "entry must not be null");
        return new Page(size, entry.toString());
    }
}
