package rillite.querysets;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Aggregate;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Total;
import rillite.querysets.ast.Hop;
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

    Operand of(ExprNode.Aggregate aggregate) {
        Reached.Many many = relation(aggregate);
        if (many == null) {
            return ofRows(aggregate);
        }
        if (!names.isGrouping()) {
            return otherwise(ofRelated(aggregate, many), aggregate);
        }
        boolean joins = isDistinct(aggregate) || names.groupsBy(names.join(many).path());
        return otherwise(joins ? joined(aggregate) : combined(aggregate, many), aggregate);
    }

    /** Of columns of the rows themselves. */
    Operand ofRows(ExprNode.Aggregate aggregate) {
        Operand argument = aggregate.argument() == null ? null : names.operand(inner(aggregate.argument()));
        Condition filter = aggregate.filter() == null ? Condition.ALWAYS : names.condition(aggregate.filter());
        return otherwise(total(aggregate, argument, filter), aggregate);
    }

    /** Whether the argument stands for a value that the rows carry already. */
    private boolean isAnnotated(ExprNode argument) {
        return argument instanceof ExprNode.Named named && names.annotation(named.name()) != null;
    }

    private ExprNode inner(ExprNode argument) {
        if (!isAnnotated(argument) && ExprKeys.aggregates(argument)) {
            throw Errors.invalidQuery("An aggregate of an aggregate has no meaning. Annotate the inner one, then call"
                    + " aggregate(..).");
        }
        return argument;
    }

    /** The relation with several rows through which a name of the argument leads; null when there is none. */
    private Reached.@Nullable Many relation(ExprNode.Aggregate aggregate) {
        if (aggregate.argument() == null || isAnnotated(aggregate.argument())) {
            return null;
        }
        for (KeyPath key : ExprKeys.of(inner(aggregate.argument()))) {
            if (names.reach(key) instanceof Reached.Many many) {
                return many;
            }
        }
        return null;
    }

    private static boolean isDistinct(ExprNode.Aggregate aggregate) {
        return aggregate.distinct() && aggregate.function() != Total.MIN && aggregate.function() != Total.MAX;
    }

    private Operand ofRelated(ExprNode.Aggregate aggregate, Reached.Many many) {
        ExprNode node = Objects.requireNonNull(aggregate.argument());
        Names.Within within = names.entering(many);
        Position row = within.names().requireRoot(many.name());
        Operand argument = null;
        if (!(node instanceof ExprNode.Key key)) {
            argument = Expressions.joining(within.names()).of(node);
        } else if (key.path().size() > many.next()) {
            argument = Expressions.joining(within.names()).of(node);
            row = within.names().lastRelated(row, key.path(), many.next());
        } else if (aggregate.function() != Total.COUNT) {
            throw Errors.invalidQuery("Cannot compute " + label(aggregate) + " of the rows of \"" + key.path()
                    + "\". Name one of their columns.");
        }
        Condition filter = aggregate.filter() == null
                ? Condition.ALWAYS
                : within.names().at(row).condition(aggregate.filter());
        Operand total = total(aggregate, argument, Condition.ALWAYS);
        Select select = Select.of(within.source(), List.of(total.expression()))
                .withWhere(Condition.all(List.of(within.correlation(), filter)));
        return total.as(new Expression.Scalar(select, aggregate.function() != Total.COUNT));
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

    /**
     * Values of related rows of a whole group, which is joined to them: each counts once, or the group is one of such
     * related rows.
     */
    private Operand joined(ExprNode.Aggregate aggregate) {
        ExprNode node = Objects.requireNonNull(aggregate.argument());
        Expressions expressions = Expressions.joining(names);
        Operand argument = expressions.of(node);
        Position row = Objects.requireNonNull(expressions.deepest());
        if (!aggregate.distinct()
                && row.path().hops().stream().filter(Hop::many).count() > 1) {
            throw Errors.invalidQuery("Cannot compute " + label(aggregate) + " of \"" + node
                    + "\" in groups of the rows before it. Begin the query at the table of these rows.");
        }
        if (node instanceof ExprNode.Key key) {
            row = names.lastRelated(names.requireRoot(key.path().text()), key.path(), 0);
        }
        Condition filter =
                aggregate.filter() == null ? Condition.ALWAYS : names.at(row).condition(aggregate.filter());
        return total(aggregate, argument, filter);
    }

    private static Operand total(ExprNode.Aggregate aggregate, @Nullable Operand argument, Condition filter) {
        boolean distinct = argument != null && aggregate.distinct();
        String separator = aggregate.separator();
        if (distinct && separator != null && !separator.equals(",")) {
            throw Errors.invalidQuery("SQLite joins distinct texts only with \",\", not with another separator.");
        }
        return Operand.of(
                new Aggregate(
                        aggregate.function(),
                        argument == null ? null : argument.expression(),
                        distinct,
                        filter,
                        distinct ? null : separator(aggregate)),
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
        return aggregate.function().name().toLowerCase(Locale.ROOT);
    }
}
