package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Total;
import rillite.querysets.ast.Select;
import rillite.querysets.schema.ColumnType;

/**
 * Aggregates. Over the rows of a relation they become a sub-select of their own, so that two of them never multiply each
 * other; over columns of the row or of rows it points to they need groups.
 */
final class Aggregates {

    private final Names names;

    Aggregates(Names names) {
        this.names = names;
    }

    /** For each row: of related rows only. */
    Operand perRow(ExprNode.Aggregate aggregate) {
        Reached.Many many = relation(aggregate);
        if (many == null) {
            return ofRows(aggregate);
        }
        return otherwise(ofRelated(aggregate, many), aggregate);
    }

    /** For each group of rows. */
    Operand perGroup(ExprNode.Aggregate aggregate) {
        Reached.Many many = relation(aggregate);
        if (many == null) {
            return ofRows(aggregate);
        }
        return otherwise(aggregate.distinct() ? joined(aggregate) : combined(aggregate, many), aggregate);
    }

    /** Of columns of the rows themselves. */
    Operand ofRows(ExprNode.Aggregate aggregate) {
        Condition filter = aggregate.filter() == null ? Condition.ALWAYS : names.condition(aggregate.filter());
        Operand argument = aggregate.argument() == null ? null : argument(aggregate.argument());
        return otherwise(
                Operand.of(
                        new Aggregate(
                                aggregate.function(),
                                argument == null ? null : argument.expression(),
                                aggregate.distinct(),
                                filter,
                                separator(aggregate)),
                        type(aggregate.function(), argument),
                        label(aggregate)),
                aggregate);
    }

    private Operand argument(ExprNode node) {
        if (node instanceof ExprNode.Aggregate) {
            throw Errors.invalidQuery("An aggregate of an aggregate has no meaning. Annotate the inner one, then call"
                    + " aggregate(..).");
        }
        return names.operand(node);
    }

    private Reached.@Nullable Many relation(ExprNode.Aggregate aggregate) {
        return aggregate.argument() instanceof ExprNode.Key key && names.reach(key.path()) instanceof Reached.Many many
                ? many
                : null;
    }

    private Operand ofRelated(ExprNode.Aggregate aggregate, Reached.Many many) {
        KeyPath path = ((ExprNode.Key) java.util.Objects.requireNonNull(aggregate.argument())).path();
        Names.Within within = names.within(many, true);
        Operand argument = null;
        Names rows = within.names();
        if (path.size() > many.next()) {
            KeyPath rest = path.from(many.next());
            argument = new Expressions(rows).joined(rest, "aggregate");
            rows = rows.at(rows.lastRelated(rest));
        } else if (aggregate.function() != Total.COUNT) {
            throw Errors.invalidQuery("Cannot compute " + label(aggregate) + " of the rows of \"" + path
                    + "\". Name one of their columns.");
        }
        Condition filter = aggregate.filter() == null ? Condition.ALWAYS : rows.condition(aggregate.filter());
        Aggregate total = new Aggregate(
                aggregate.function(),
                argument == null ? null : argument.expression(),
                argument != null && aggregate.distinct(),
                Condition.ALWAYS,
                separator(aggregate));
        Select select = Select.of(within.source(), List.of(total))
                .withWhere(Condition.all(List.of(within.correlation(), filter)));
        return Operand.of(
                new Expression.Scalar(select, aggregate.function() != Total.COUNT),
                type(aggregate.function(), argument),
                label(aggregate));
    }

    /** An aggregate over a group, made of one sub-select per row. */
    private Operand combined(ExprNode.Aggregate aggregate, Reached.Many many) {
        Operand perRow = ofRelated(aggregate, many);
        Expression value = perRow.expression();
        return switch (aggregate.function()) {
            case COUNT -> perRow.as(zero(of(Total.SUM, value)));
            case SUM -> perRow.as(of(Total.SUM, value));
            case MIN -> perRow.as(of(Total.MIN, value));
            case MAX -> perRow.as(of(Total.MAX, value));
            case GROUP_CONCAT ->
                perRow.as(new Aggregate(Total.GROUP_CONCAT, value, false, Condition.ALWAYS, separator(aggregate)));
            case AVG -> {
                Expression sum = ofRelated(with(aggregate, Total.SUM), many).expression();
                Expression count = ofRelated(with(aggregate, Total.COUNT), many).expression();
                yield perRow.as(new Expression.Arithmetic(
                        Expression.Operator.DIVIDED,
                        new Expression.Cast(of(Total.SUM, sum), Expression.Storage.REAL),
                        of(Total.SUM, count)));
            }
        };
    }

    private static Expression zero(Expression sum) {
        return new Expression.Call(Expression.Function.COALESCE, sum, new Expression.Number(0));
    }

    private static Aggregate of(Total function, Expression argument) {
        return new Aggregate(function, argument, false, Condition.ALWAYS, null);
    }

    private static ExprNode.Aggregate with(ExprNode.Aggregate aggregate, Total function) {
        return new ExprNode.Aggregate(function, aggregate.argument(), false, aggregate.filter(), null, null);
    }

    /** Distinct values of related rows of a whole group: the rows of the group are joined to them. */
    private Operand joined(ExprNode.Aggregate aggregate) {
        KeyPath path = ((ExprNode.Key) java.util.Objects.requireNonNull(aggregate.argument())).path();
        Operand argument = new Expressions(names).joined(path, "aggregate");
        Condition filter = aggregate.filter() == null
                ? Condition.ALWAYS
                : names.at(names.lastRelated(path)).condition(aggregate.filter());
        return Operand.of(
                new Aggregate(aggregate.function(), argument.expression(), true, filter, separator(aggregate)),
                type(aggregate.function(), argument),
                label(aggregate));
    }

    private Operand otherwise(Operand operand, ExprNode.Aggregate aggregate) {
        return aggregate.otherwise() == null
                ? operand
                : operand.as(new Expression.Call(
                        Expression.Function.COALESCE, operand.expression(), names.expression(aggregate.otherwise())));
    }

    private static @Nullable Expression separator(ExprNode.Aggregate aggregate) {
        return aggregate.separator() == null ? null : new Bind(aggregate.separator());
    }

    private static ColumnType type(Total function, @Nullable Operand argument) {
        ColumnType type = argument == null ? ColumnType.ANY : argument.type();
        return switch (function) {
            case COUNT -> ColumnType.INTEGER;
            case AVG -> ColumnType.REAL;
            case GROUP_CONCAT -> ColumnType.TEXT;
            case SUM -> type == ColumnType.BOOLEAN ? ColumnType.INTEGER : type;
            case MIN, MAX -> type;
        };
    }

    private static String label(ExprNode.Aggregate aggregate) {
        return aggregate.function().name().toLowerCase(java.util.Locale.ROOT);
    }
}
