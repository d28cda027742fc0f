package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Ordering;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** Turns expressions whose names are not known into expressions of SQL, with the type of their values. */
final class Expressions {

    private final Names names;
    private final boolean joining;
    private @Nullable Position deepest;

    Expressions(Names names) {
        this(names, false);
    }

    private Expressions(Names names, boolean joining) {
        this.names = names;
        this.joining = joining;
    }

    /** For the argument of an aggregate: names may lead to several rows, one way each. */
    static Expressions joining(Names names) {
        return new Expressions(names, true);
    }

    /** The row farthest away of several that were read. */
    @Nullable Position deepest() {
        return deepest;
    }

    Operand of(ExprNode node) {
        if (node instanceof ExprNode.Key key) {
            return joining
                    ? joined(key.path(), "aggregate")
                    : value(key.path(), names.reach(key.path()), "compute with");
        }
        if (node instanceof ExprNode.Exact exact) {
            Position root = names.requireRoot(exact.column());
            return Operand.of(root, root.model().column(exact.column(), exact.column()), exact.column());
        }
        if (node instanceof ExprNode.Excluded excluded) {
            Position root = names.requireRoot(excluded.column());
            Column column = root.model().column(excluded.column(), excluded.column());
            return Operand.of(root, column, excluded.column()).as(new Expression.Excluded(column));
        }
        if (node instanceof ExprNode.Named named) {
            Operand known = names.annotation(named.name());
            return known != null ? known : of(named.node()).under(named.name());
        }
        if (node instanceof ExprNode.Value value) {
            return constant(value.value());
        }
        if (node instanceof ExprNode.Outer outer) {
            return Operand.of(names.outer(outer), ColumnType.ANY, "outer " + outer.key());
        }
        if (node instanceof ExprNode.Aggregate aggregate) {
            return new Aggregates(names).of(aggregate);
        }
        return composed(node);
    }

    private Operand composed(ExprNode node) {
        if (node instanceof ExprNode.Calculation calculation) {
            Operand left = of(calculation.left());
            Operand right = of(calculation.right());
            ColumnType type = calculation.operator() == Expression.Operator.CONCAT
                    ? ColumnType.TEXT
                    : Types.calculated(left.type(), right.type());
            return computed(
                    new Expression.Arithmetic(calculation.operator(), left.expression(), right.expression()),
                    type,
                    "calculation");
        }
        if (node instanceof ExprNode.Opposite opposite) {
            Operand operand = of(opposite.operand());
            return computed(new Expression.Negated(operand.expression()), operand.type(), "calculation");
        }
        if (node instanceof ExprNode.Converted converted) {
            return computed(
                    new Expression.Cast(of(converted.operand()).expression(), converted.storage()),
                    converted.type(),
                    "cast");
        }
        if (node instanceof ExprNode.Transformed transformed) {
            return transformed.transform().apply(of(transformed.operand()));
        }
        if (node instanceof ExprNode.Call call) {
            return call(call);
        }
        if (node instanceof ExprNode.Applied applied) {
            return applied.formula()
                    .apply(names, applied.arguments().stream().map(this::of).toList());
        }
        if (node instanceof ExprNode.Choice choice) {
            return choice(choice);
        }
        if (node instanceof ExprNode.Test test) {
            return computed(new Expression.Truth(names.condition(test.condition())), ColumnType.BOOLEAN, "condition");
        }
        if (node instanceof ExprNode.Over over) {
            return over(over);
        }
        if (node instanceof ExprNode.Scalar scalar) {
            return scalar.query().inside().value(names);
        }
        ExprNode.Raw raw = (ExprNode.Raw) node;
        return computed(new Expression.Raw(raw.texts(), each(raw.arguments())), raw.type(), "raw SQL");
    }

    private static Operand computed(Expression expression, ColumnType type, String label) {
        return Operand.of(expression, type, label);
    }

    static Operand constant(@Nullable Object value) {
        Object encoded = value == null ? null : ValueEncoder.written(value, ColumnType.ANY, "an expression");
        return computed(new Bind(encoded), Types.ofValue(value), "constant");
    }

    private List<Expression> each(List<ExprNode> nodes) {
        List<Expression> expressions = new ArrayList<>(nodes.size());
        for (ExprNode node : nodes) {
            expressions.add(of(node).expression());
        }
        return expressions;
    }

    private Operand call(ExprNode.Call call) {
        List<Operand> arguments = call.arguments().stream().map(this::of).toList();
        ColumnType type = call.type();
        for (int i = 0; type == null && i < arguments.size(); i++) {
            ColumnType candidate = arguments.get(i).type();
            type = candidate == ColumnType.ANY && i + 1 < arguments.size() ? null : candidate;
        }
        return computed(
                new Expression.Call(
                        call.function(),
                        arguments.stream().map(Operand::expression).toList()),
                type == null ? ColumnType.ANY : type,
                call.function().name().toLowerCase(java.util.Locale.ROOT));
    }

    private Operand choice(ExprNode.Choice choice) {
        List<Expression.Branch> branches = new ArrayList<>();
        ColumnType type = ColumnType.ANY;
        for (ExprNode.Branch branch : choice.branches()) {
            Operand value = of(branch.value());
            type = type == ColumnType.ANY ? value.type() : type;
            branches.add(new Expression.Branch(names.condition(branch.condition()), value.expression()));
        }
        Operand otherwise = of(choice.otherwise());
        return computed(
                new Expression.Choice(branches, otherwise.expression()),
                type == ColumnType.ANY ? otherwise.type() : type,
                "case");
    }

    private Operand over(ExprNode.Over over) {
        Operand function = over.function() instanceof ExprNode.Aggregate aggregate
                ? new Aggregates(names).ofRows(aggregate)
                : of(over.function());
        List<Ordering> order = new ArrayList<>();
        over.order().forEach(sort -> order.add(names.ordering(sort)));
        return computed(
                new Expression.Window(function.expression(), each(over.partition()), order, over.frame()),
                function.type(),
                "window");
    }

    /** The value that a key leads to, with the transforms at its end. */
    Operand value(KeyPath key, Reached reached, String verb) {
        Operand operand;
        if (reached instanceof Reached.Value value) {
            operand = value.operand();
        } else if (reached instanceof Reached.Keys keys) {
            if (keys.left().size() > 1) {
                throw Errors.invalidQuery("Cannot " + verb + " \"" + key + "\": it stands for "
                        + keys.left().size() + " columns. Name one of them.");
            }
            operand = Operand.of(keys.position(), keys.columns().get(0), key.text())
                    .as(keys.left().get(0));
        } else {
            Reached.Many many = (Reached.Many) reached;
            throw Errors.toMany(
                    verb,
                    key,
                    many.relation().qualifiedName(),
                    "Use an aggregate of them, for example Agg.min(\"" + key + "\").");
        }
        for (int i = reached.next(); i < key.size(); i++) {
            Transform transform = Transform.find(key.segment(i));
            if (transform == null && operand.type() == ColumnType.JSON) {
                return new JsonLookups(names, operand).value(key, i);
            }
            if (transform == null) {
                throw Conditions.unknownPart(key.segment(i), i, operand);
            }
            operand = transform.apply(operand);
        }
        return operand;
    }

    /** The value that a key leads to, where rows may repeat for each of several related rows. */
    Operand joined(KeyPath key, String verb) {
        Reached reached = names.reach(key);
        while (reached instanceof Reached.Many many) {
            Position behind = names.join(many);
            enter(behind, key);
            reached = many.next() == key.size()
                    ? Names.whole(behind, many.next())
                    : names.at(behind).follow(behind, key, many.next());
        }
        return value(key, reached, verb);
    }

    /** Two ways to several rows would make pairs of them. */
    private void enter(Position behind, KeyPath key) {
        if (deepest != null && !behind.path().startsWith(deepest.path())) {
            if (joining && !deepest.path().startsWith(behind.path())) {
                throw Errors.invalidQuery("Cannot aggregate \"" + key + "\" together with rows of "
                        + deepest.model().name() + ": each row of one would be paired with each of the other.");
            }
            return;
        }
        deepest = behind;
    }
}
