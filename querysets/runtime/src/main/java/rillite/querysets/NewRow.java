package rillite.querysets;

/**
 * A row that is to be inserted: the base of generated records such as {@code new NewAuthor("Ann").age(40)}.
 *
 * @param <T> what the inserted row is read as
 */
public interface NewRow<T> {

    /** The columns that are given, with their values; the others take their default. */
    Fields fields();
}
