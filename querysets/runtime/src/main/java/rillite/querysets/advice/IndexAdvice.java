package rillite.querysets.advice;

import java.util.List;
import rillite.querysets.Plan;

/**
 * What indexes could do for a statement.
 *
 * @param plan how SQLite runs it now
 * @param indexes the indexes that would help, each tried on a copy of the schema; empty when none does
 * @param improved how SQLite would run it with them; equal to {@code plan} without any
 */
public record IndexAdvice(Plan plan, List<IndexProposal> indexes, Plan improved) {

    public IndexAdvice {
        indexes = List.copyOf(indexes);
    }

    static IndexAdvice none(Plan plan) {
        return new IndexAdvice(plan, List.of(), plan);
    }
}
