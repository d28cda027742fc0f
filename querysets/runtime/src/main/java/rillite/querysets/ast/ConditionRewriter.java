package rillite.querysets.ast;

import java.util.List;

/** Copies conditions for a {@link Rewriter}. */
final class ConditionRewriter implements Condition.Visitor<Condition> {

    private final Rewriter rewriter;

    ConditionRewriter(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    @Override
    public Condition constant(Condition.Constant condition) {
        return condition;
    }

    @Override
    public Condition compare(Condition.Compare condition) {
        Expression left = rewriter.apply(condition.left());
        Expression right = rewriter.apply(condition.right());
        return left == condition.left() && right == condition.right()
                ? condition
                : new Condition.Compare(condition.comparison(), left, right);
    }

    @Override
    public Condition like(Condition.Like condition) {
        Expression operand = rewriter.apply(condition.operand());
        Expression pattern = rewriter.apply(condition.pattern());
        return operand == condition.operand() && pattern == condition.pattern()
                ? condition
                : new Condition.Like(operand, pattern);
    }

    @Override
    public Condition between(Condition.Between condition) {
        Expression operand = rewriter.apply(condition.operand());
        Expression low = rewriter.apply(condition.low());
        Expression high = rewriter.apply(condition.high());
        return operand == condition.operand() && low == condition.low() && high == condition.high()
                ? condition
                : new Condition.Between(operand, low, high);
    }

    @Override
    public Condition isNull(Condition.IsNull condition) {
        Expression operand = rewriter.apply(condition.operand());
        return operand == condition.operand() ? condition : new Condition.IsNull(operand, condition.negated());
    }

    @Override
    public Condition inValues(Condition.InValues condition) {
        List<Expression> operands = rewriter.expressions(condition.operands());
        List<Expression> lists = rewriter.expressions(condition.lists());
        return operands == condition.operands() && lists == condition.lists()
                ? condition
                : new Condition.InValues(operands, lists, condition.elements());
    }

    @Override
    public Condition inSelect(Condition.InSelect condition) {
        List<Expression> operands = rewriter.expressions(condition.operands());
        Select select = rewriter.apply(condition.select());
        return operands == condition.operands() && select == condition.select()
                ? condition
                : new Condition.InSelect(operands, select);
    }

    @Override
    public Condition exists(Condition.Exists condition) {
        Select select = rewriter.apply(condition.select());
        return select == condition.select() ? condition : new Condition.Exists(select);
    }

    @Override
    public Condition holds(Condition.Holds condition) {
        Expression expression = rewriter.apply(condition.expression());
        return expression == condition.expression() ? condition : new Condition.Holds(expression);
    }

    @Override
    public Condition match(Condition.Match condition) {
        if (rewriter.up(0) != 0) {
            // SQLite searches only in the SELECT that reads the table.
            return rewriter.apply(condition.amongFound(0));
        }
        Path path = rewriter.path(condition.path(), 0);
        Expression query = rewriter.apply(condition.query());
        return path == condition.path() && query == condition.query()
                ? condition
                : new Condition.Match(path, condition.table(), condition.column(), query);
    }

    @Override
    public Condition and(Condition.And condition) {
        List<Condition> parts = rewriter.conditions(condition.parts());
        return parts == condition.parts() ? condition : new Condition.And(parts);
    }

    @Override
    public Condition or(Condition.Or condition) {
        List<Condition> parts = rewriter.conditions(condition.parts());
        return parts == condition.parts() ? condition : new Condition.Or(parts);
    }

    @Override
    public Condition xor(Condition.Xor condition) {
        List<Condition> parts = rewriter.conditions(condition.parts());
        return parts == condition.parts() ? condition : new Condition.Xor(parts);
    }

    @Override
    public Condition not(Condition.Not condition) {
        Condition operand = rewriter.apply(condition.operand());
        return operand == condition.operand() ? condition : new Condition.Not(operand);
    }
}
