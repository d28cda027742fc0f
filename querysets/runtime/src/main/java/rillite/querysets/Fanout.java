package rillite.querysets;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Path;
import rillite.querysets.ast.Traits;

/** Refuses aggregates that would be wrong because another one joins several related rows to each row of its group. */
final class Fanout {

    private Fanout() {}

    /**
     * Checks the aggregates of one SELECT.
     *
     * @param groups what rows of a group have in common; rows repeat on purpose for what these read
     */
    static void check(Collection<Expression> groups, Collection<Expression> aggregates) {
        if (aggregates.stream().noneMatch(Traits::crossesMany)) {
            return;
        }
        Set<Path> meant = new HashSet<>();
        groups.forEach(group -> meant.addAll(Traits.waysToMany(group)));
        boolean repeats = aggregates.stream().anyMatch(aggregate -> !meant.containsAll(Traits.waysToMany(aggregate)));
        if (repeats && aggregates.stream().anyMatch(Traits::countsRepeats)) {
            throw Errors.invalidQuery("An aggregate of distinct values of related rows joins these rows to each group,"
                    + " so that other sums and counts would be too large. Ask for it in a query of its own.");
        }
    }
}
