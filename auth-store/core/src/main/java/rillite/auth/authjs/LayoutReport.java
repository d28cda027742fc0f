package rillite.auth.authjs;

import java.util.List;
import rillite.auth.SchemaMismatchException;

/**
 * What {@link AuthJsAdapter#verifySchema} found, one sentence each. An empty list means none: where a table or column is missing
 * that a count needs, a sentence that begins with {@code not looked at:} stands in its place.
 *
 * @param problems what is wrong with tables, columns and keys and how to mend it, also dates in seconds; the layout that the file
 *     has, if it looks more like that of another adapter, comes first
 * @param duplicates rows that should be one; the first one counts
 * @param orphans rows that lost their user, as programs leave them that write without foreign keys
 * @param dates dates in another form than the layout's; those without a zone Auth.js takes for valid after they have passed
 */
public record LayoutReport(List<String> problems, List<String> duplicates, List<String> orphans, List<String> dates) {

    static final String WRONG = "The tables of Auth.js in this file are not as the adapter needs them";

    /** Copies the lists. */
    public LayoutReport {
        problems = List.copyOf(problems);
        duplicates = List.copyOf(duplicates);
        orphans = List.copyOf(orphans);
        dates = List.copyOf(dates);
    }

    /** Whether nothing was found. */
    public boolean isSound() {
        return problems.isEmpty() && duplicates.isEmpty() && orphans.isEmpty() && dates.isEmpty();
    }

    /**
     * Lets a start go on or not.
     *
     * @throws SchemaMismatchException there are problems; what else is wrong with rows is tolerated
     */
    public LayoutReport orThrow() {
        if (!problems.isEmpty()) {
            throw new SchemaMismatchException(
                    WRONG, problems, "Mend them where their schema is kept, on the Node side.");
        }
        return this;
    }
}
