package rillite.auth;

import java.util.List;

/**
 * What {@link AuthStore#verifySchema} found.
 *
 * @param problems what is wrong with tables and columns, one sentence each
 * @param orphans rows that lost their parent, as other programs leave them that write without foreign keys: one sentence for
 *     each table
 */
public record SchemaReport(List<String> problems, List<String> orphans) {

    /** Copies the lists. */
    public SchemaReport {
        problems = List.copyOf(problems);
        orphans = List.copyOf(orphans);
    }

    /** Whether nothing was found. */
    public boolean isSound() {
        return problems.isEmpty() && orphans.isEmpty();
    }

    /**
     * Lets a start go on or not.
     *
     * @throws SchemaMismatchException tables or columns are wrong; orphans alone are tolerated
     */
    public SchemaReport orThrow() {
        if (!problems.isEmpty()) {
            throw new SchemaMismatchException(problems);
        }
        return this;
    }
}
