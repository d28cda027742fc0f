package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies expressions for a {@link Rewriter}. */
final class ExpressionRewriter implements Expression.Visitor<Expression> {

    private final Rewriter rewriter;

    ExpressionRewriter(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    @Override
    public Expression column(Expression.ColumnRef expression) {
        int up = rewriter.up(expression.up());
        Path path = rewriter.path(expression.path(), expression.up());
        return up == expression.up() && path == expression.path()
                ? expression
                : new Expression.ColumnRef(path, expression.column(), up);
    }

    @Override
    public Expression output(Expression.Output expression) {
        int up = rewriter.up(expression.up());
        return up == expression.up() ? expression : new Expression.Output(expression.name(), expression.nullable(), up);
    }

    @Override
    public Expression call(Expression.Call expression) {
        List<Expression> arguments = rewriter.expressions(expression.arguments());
        return arguments == expression.arguments() ? expression : new Expression.Call(expression.function(), arguments);
    }

    @Override
    public Expression arithmetic(Expression.Arithmetic expression) {
        Expression left = rewriter.apply(expression.left());
        Expression right = rewriter.apply(expression.right());
        return left == expression.left() && right == expression.right()
                ? expression
                : new Expression.Arithmetic(expression.operator(), left, right);
    }

    @Override
    public Expression negated(Expression.Negated expression) {
        Expression operand = rewriter.apply(expression.operand());
        return operand == expression.operand() ? expression : new Expression.Negated(operand);
    }

    @Override
    public Expression cast(Expression.Cast expression) {
        Expression operand = rewriter.apply(expression.operand());
        return operand == expression.operand() ? expression : new Expression.Cast(operand, expression.storage());
    }

    @Override
    public Expression collated(Expression.Collated expression) {
        Expression operand = rewriter.apply(expression.operand());
        return operand == expression.operand() ? expression : new Expression.Collated(operand, expression.collation());
    }

    @Override
    public Expression truth(Expression.Truth expression) {
        Condition condition = rewriter.apply(expression.condition());
        return condition == expression.condition() ? expression : new Expression.Truth(condition);
    }

    @Override
    public Expression aggregate(Expression.Aggregate expression) {
        @Nullable Expression argument = rewriter.optional(expression.argument());
        Condition filter = rewriter.apply(expression.filter());
        @Nullable Expression separator = rewriter.optional(expression.separator());
        return argument == expression.argument() && filter == expression.filter() && separator == expression.separator()
                ? expression
                : new Expression.Aggregate(expression.function(), argument, expression.distinct(), filter, separator);
    }

    @Override
    public Expression window(Expression.Window expression) {
        Expression function = rewriter.apply(expression.function());
        List<Expression> partition = rewriter.expressions(expression.partition());
        List<Ordering> order = rewriter.order(expression.order());
        return function == expression.function() && partition == expression.partition() && order == expression.order()
                ? expression
                : new Expression.Window(function, partition, order, expression.frame());
    }

    @Override
    public Expression choice(Expression.Choice expression) {
        List<Expression.Branch> branches = Rewriter.each(expression.branches(), this::branch);
        @Nullable Expression otherwise = rewriter.optional(expression.otherwise());
        return branches == expression.branches() && otherwise == expression.otherwise()
                ? expression
                : new Expression.Choice(branches, otherwise);
    }

    private Expression.Branch branch(Expression.Branch branch) {
        Condition condition = rewriter.apply(branch.condition());
        Expression value = rewriter.apply(branch.value());
        return condition == branch.condition() && value == branch.value()
                ? branch
                : new Expression.Branch(condition, value);
    }

    @Override
    public Expression scalar(Expression.Scalar expression) {
        Select select = rewriter.apply(expression.select());
        return select == expression.select() ? expression : new Expression.Scalar(select, expression.nullable());
    }

    @Override
    public Expression raw(Expression.Raw expression) {
        List<Expression> arguments = rewriter.expressions(expression.arguments());
        return arguments == expression.arguments() ? expression : new Expression.Raw(expression.texts(), arguments);
    }

    @Override
    public Expression outer(Expression.Outer expression) {
        return rewriter.outer(expression);
    }

    @Override
    public Expression bind(Expression.Bind expression) {
        return rewriter.bind(expression);
    }

    @Override
    public Expression text(Expression.Text expression) {
        return expression;
    }

    @Override
    public Expression number(Expression.Number expression) {
        return expression;
    }

    @Override
    public Expression element(Expression.Element expression) {
        return expression;
    }

    @Override
    public Expression excluded(Expression.Excluded expression) {
        return expression;
    }
}
