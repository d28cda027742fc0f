package rillite.auth.authjs;

import java.util.List;
import rillite.auth.SchemaMismatchException;

/**
 * What {@link AuthJsAdapter#verifySchema} found, one sentence each.
 *
 * @param problems what is wrong with tables and columns
 * @param duplicates rows that should be one; the first one counts
 * @param orphans rows that lost their user, as programs leave them that write without foreign keys
 * @param dates dates in another form than the layout's; those without a zone Auth.js takes for valid after they have passed
 */
public record LayoutReport(List<String> problems, List<String> duplicates, List<String> orphans, List<String> dates) {

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
     * @throws SchemaMismatchException tables or columns are wrong; what is wrong with rows is tolerated
     */
    public LayoutReport orThrow() {
        if (!problems.isEmpty()) {
            throw new SchemaMismatchException(
                    problems,
                    "Take the adapter of the layout that the file has, or mend the tables from the Node side.");
        }
        return this;
    }
}
