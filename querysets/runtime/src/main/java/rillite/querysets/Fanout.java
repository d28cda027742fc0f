package rillite.querysets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Path;
import rillite.querysets.ast.Traits;

/** Refuses aggregates that would be wrong because another one joins several related rows to each row of its group. */
final class Fanout {

    private Fanout() {}

    /** Checks what a query reads, orders by and demands of its groups. */
    static void check(QueryState state, Collection<Expression> groups) {
        List<Expression> aggregates = new ArrayList<>();
        for (Output output : state.outputs()) {
            addAggregate(output.expression(), aggregates);
        }
        addAggregate(new Expression.Truth(state.select().having()), aggregates);
        for (Ordering term : state.select().order()) {
            if (term instanceof Ordering.By by) {
                addAggregate(by.expression(), aggregates);
            }
        }
        check(groups, aggregates);
    }

    private static void addAggregate(Expression expression, List<Expression> aggregates) {
        if (!(expression instanceof Expression.ColumnRef) && Traits.hasAggregate(expression)) {
            aggregates.add(expression);
        }
    }

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
