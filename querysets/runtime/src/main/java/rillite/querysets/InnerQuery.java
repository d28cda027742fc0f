package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Rewriter;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;

/** A query inside another one: as a set, as a question, as a value. */
record InnerQuery(QueryState state) {

    /** Membership of a value in this query, for the lookup {@code in}. */
    Condition member(Names names, List<Expression> left, @Nullable TableModel target, List<Column> wanted, String key) {
        if (!state.database().equals(names.database())) {
            throw Errors.invalidQuery("The query in \"" + key + "\" belongs to another database.");
        }
        List<Expression> columns;
        if (state.isProjected()) {
            columns = state.outputs().stream().map(Output::expression).toList();
        } else if (target != null && state.model() != target) {
            throw Errors.invalidQuery("The query in \"" + key + "\" yields rows of " + state.table()
                    + ", expected rows of " + target.name() + ". Choose a column with values(..).");
        } else {
            columns = state.model()
                    .expressions(target == null ? state.model().keyFor("look up (\"" + key + "\") in") : wanted);
        }
        if (columns.size() != left.size()) {
            String number = left.size() == 1 ? "one column" : left.size() + " columns";
            throw Errors.invalidQuery("The query in \"" + key + "\" must yield " + number + ", it yields "
                    + columns.size() + ". Choose " + (left.size() == 1 ? "one" : "them") + " with values(..).");
        }
        if (state.isEmpty()) {
            return Condition.NEVER;
        }
        Select member = withoutNull(columns);
        return new Condition.InSelect(left, Rewriter.resolving(names::outer).apply(member));
    }

    /** Whether this query, inside another one, has rows. */
    Condition found(Names names) {
        return state.isEmpty()
                ? Condition.NEVER
                : new Condition.Exists(
                        Rewriter.resolving(names::outer).apply(state.selects().bare()));
    }

    /** The value of this query inside another one. */
    Operand value(Names names) {
        List<Output> outputs = state.outputs();
        if (!state.isProjected() || outputs.size() != 1) {
            throw Errors.invalidQuery("A query that is used as a value must yield one column, it yields "
                    + outputs.size() + ". Choose one with values(..).");
        }
        Output output = outputs.get(0);
        Select select = Rewriter.resolving(names::outer).apply(state.selects().rows());
        return Operand.of(new Expression.Scalar(select, true), output.type(), "subquery");
    }

    /** The rows as members of a set; NULL is no member. */
    private Select withoutNull(List<Expression> columns) {
        boolean later = state.select().isSliced() || state.isGrouped();
        List<Condition> notNull = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean nullable = Traits.canBeNull(columns.get(i));
            Expression value = later ? new Expression.Output("c" + i, nullable, 0) : columns.get(i);
            if (nullable) {
                notNull.add(new Condition.IsNull(value, true));
            }
        }
        if (notNull.isEmpty()) {
            return state.selects().member(columns);
        }
        if (!later) {
            return state.filter(Condition.all(notNull)).selects().member(columns);
        }
        List<String> names = new ArrayList<>();
        List<Expression> members = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("c" + i);
            members.add(new Expression.Output("c" + i, true, 0));
        }
        return Select.of(new Source.Derived(state.selects().member(columns), names), members)
                .withWhere(Condition.all(notNull));
    }
}
