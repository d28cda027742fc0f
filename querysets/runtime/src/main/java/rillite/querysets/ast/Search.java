package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks through a tree until something is found. Sub-selects are one level deeper than where they stand. */
abstract class Search implements Expression.Visitor<Boolean>, Condition.Visitor<Boolean>, Source.Visitor<Boolean> {

    private int depth;

    /** Whether this is what is looked for; depth counts the SELECTs around it within the tree. */
    abstract boolean found(Expression candidate, int depth);

    /** Whether to look into the parts of an expression. */
    boolean enters(Expression candidate) {
        return true;
    }

    final boolean in(@Nullable Expression expression) {
        return expression != null && (found(expression, depth) || enters(expression) && expression.accept(this));
    }

    private boolean in(Condition condition) {
        return condition.accept(this);
    }

    private boolean inAny(List<Expression> expressions) {
        for (Expression expression : expressions) {
            if (in(expression)) {
                return true;
            }
        }
        return false;
    }

    private boolean inAnyPart(List<Condition> parts) {
        for (Condition part : parts) {
            if (in(part)) {
                return true;
            }
        }
        return false;
    }

    private boolean inOrder(List<Ordering> order) {
        for (Ordering term : order) {
            if (term instanceof Ordering.By by && in(by.expression())) {
                return true;
            }
        }
        return false;
    }

    private boolean inSelect(Select select) {
        depth++;
        boolean found = inAny(select.columns())
                || in(select.where())
                || inAny(select.groups())
                || in(select.having())
                || inOrder(select.order())
                || select.source().accept(this);
        depth--;
        return found;
    }

    @Override
    public Boolean base(Source.Base source) {
        return false;
    }

    @Override
    public Boolean derived(Source.Derived source) {
        return inSelect(source.select());
    }

    @Override
    public Boolean compound(Source.Compound source) {
        return source.parts().stream().anyMatch(this::inSelect);
    }

    @Override
    public Boolean elements(Source.Elements source) {
        return false;
    }

    @Override
    public Boolean nothing(Source.Nothing source) {
        return false;
    }

    @Override
    public Boolean column(Expression.ColumnRef expression) {
        return false;
    }

    @Override
    public Boolean bind(Expression.Bind expression) {
        return false;
    }

    @Override
    public Boolean text(Expression.Text expression) {
        return false;
    }

    @Override
    public Boolean number(Expression.Number expression) {
        return false;
    }

    @Override
    public Boolean call(Expression.Call expression) {
        return inAny(expression.arguments());
    }

    @Override
    public Boolean arithmetic(Expression.Arithmetic expression) {
        return in(expression.left()) || in(expression.right());
    }

    @Override
    public Boolean negated(Expression.Negated expression) {
        return in(expression.operand());
    }

    @Override
    public Boolean cast(Expression.Cast expression) {
        return in(expression.operand());
    }

    @Override
    public Boolean collated(Expression.Collated expression) {
        return in(expression.operand());
    }

    @Override
    public Boolean truth(Expression.Truth expression) {
        return in(expression.condition());
    }

    @Override
    public Boolean output(Expression.Output expression) {
        return false;
    }

    @Override
    public Boolean element(Expression.Element expression) {
        return false;
    }

    @Override
    public Boolean excluded(Expression.Excluded expression) {
        return false;
    }

    @Override
    public Boolean aggregate(Expression.Aggregate expression) {
        return in(expression.argument()) || in(expression.filter()) || in(expression.separator());
    }

    @Override
    public Boolean window(Expression.Window expression) {
        return in(expression.function()) || inAny(expression.partition()) || inOrder(expression.order());
    }

    @Override
    public Boolean choice(Expression.Choice expression) {
        for (Expression.Branch branch : expression.branches()) {
            if (in(branch.condition()) || in(branch.value())) {
                return true;
            }
        }
        return in(expression.otherwise());
    }

    @Override
    public Boolean scalar(Expression.Scalar expression) {
        return inSelect(expression.select());
    }

    @Override
    public Boolean raw(Expression.Raw expression) {
        return inAny(expression.arguments());
    }

    @Override
    public Boolean outer(Expression.Outer expression) {
        return false;
    }

    @Override
    public Boolean constant(Condition.Constant condition) {
        return false;
    }

    @Override
    public Boolean compare(Condition.Compare condition) {
        return in(condition.left()) || in(condition.right());
    }

    @Override
    public Boolean like(Condition.Like condition) {
        return in(condition.operand()) || in(condition.pattern());
    }

    @Override
    public Boolean between(Condition.Between condition) {
        return in(condition.operand()) || in(condition.low()) || in(condition.high());
    }

    @Override
    public Boolean isNull(Condition.IsNull condition) {
        return in(condition.operand());
    }

    @Override
    public Boolean inValues(Condition.InValues condition) {
        return inAny(condition.operands());
    }

    @Override
    public Boolean inSelect(Condition.InSelect condition) {
        return inAny(condition.operands()) || inSelect(condition.select());
    }

    @Override
    public Boolean exists(Condition.Exists condition) {
        return inSelect(condition.select());
    }

    @Override
    public Boolean holds(Condition.Holds condition) {
        return in(condition.expression());
    }

    @Override
    public Boolean match(Condition.Match condition) {
        // It searches a joined table as if it read one of its columns.
        Expression searched = new Expression.ColumnRef(
                condition.path(), condition.table().columns().get(0), 0);
        return in(searched) || in(condition.query());
    }

    @Override
    public Boolean and(Condition.And condition) {
        return inAnyPart(condition.parts());
    }

    @Override
    public Boolean or(Condition.Or condition) {
        return inAnyPart(condition.parts());
    }

    @Override
    public Boolean xor(Condition.Xor condition) {
        return inAnyPart(condition.parts());
    }

    @Override
    public Boolean not(Condition.Not condition) {
        return in(condition.operand());
    }
}
