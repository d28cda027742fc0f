package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Storage;
import rillite.querysets.ast.Expression.Text;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.ColumnType;

/** The calls behind {@link Fn}: which function gets which arguments, and of what type the result is. */
final class Functions {

    private Functions() {}

    /** A key or an expression, and further arguments. */
    static List<ExprNode> all(Object keyOrExpr, @Nullable Object... more) {
        List<ExprNode> nodes = new ArrayList<>(more.length + 1);
        nodes.add(ExprNode.ofKey(keyOrExpr));
        for (Object one : more) {
            nodes.add(ExprNode.ofValue(one));
        }
        return nodes;
    }

    /** Keys or expressions. */
    static List<ExprNode> keys(Object first, Object... more) {
        List<ExprNode> nodes = new ArrayList<>(more.length + 1);
        nodes.add(ExprNode.ofKey(first));
        for (Object one : more) {
            nodes.add(ExprNode.ofKey(one));
        }
        return nodes;
    }

    static ExprNode of(List<ExprNode> arguments, ExprNode.Formula formula) {
        return new ExprNode.Applied(arguments, formula);
    }

    private static Call call(Function function, List<Operand> arguments) {
        return new Call(function, arguments.stream().map(Operand::expression).toList());
    }

    /** A function whose result has a type of its own. */
    static ExprNode simple(Function function, ColumnType type, String what, List<ExprNode> arguments) {
        return of(arguments, (names, a) -> a.get(0).computed(call(function, a), type, what));
    }

    /** A function whose result has the type of its first argument. */
    static ExprNode kept(Function function, String what, List<ExprNode> arguments) {
        return of(
                arguments,
                (names, a) -> a.get(0).computed(call(function, a), a.get(0).type(), what));
    }

    /** A function whose result is one of its arguments. */
    static ExprNode merged(Function function, String what, List<ExprNode> arguments) {
        if (arguments.size() < 2) {
            throw Errors.invalidQuery(what + " needs at least two values.");
        }
        return of(
                arguments,
                (names, a) -> a.get(0)
                        .computed(
                                call(function, a),
                                Types.common(a.stream().map(Operand::type).toList()),
                                what));
    }

    static ExprNode cast(List<ExprNode> arguments, Class<?> type) {
        ColumnType wanted = Types.of(Conversions.boxed(type));
        if (wanted == ColumnType.ANY || wanted == ColumnType.BOOLEAN) {
            throw Errors.invalidQuery("Cannot cast to " + type.getSimpleName()
                    + ": SQLite casts to numbers, text, bytes, dates and times. For a truth value use F.test(Q).");
        }
        return of(arguments, (names, a) -> {
            Expression value = a.get(0).expression();
            Expression cast = switch (wanted) {
                case INTEGER -> new Expression.Cast(value, Storage.INTEGER);
                case REAL -> new Expression.Cast(value, Storage.REAL);
                case DECIMAL -> new Expression.Cast(value, Storage.NUMERIC);
                case BLOB -> new Expression.Cast(value, Storage.BLOB);
                case DATE -> new Call(Function.DATE, value);
                case TIME -> new Call(Function.TIME, value);
                case DATETIME -> new Call(Function.DATETIME, value);
                default -> new Expression.Cast(value, Storage.TEXT);
            };
            return a.get(0).computed(cast, wanted, "cast");
        });
    }

    static ExprNode concat(List<ExprNode> arguments) {
        return of(arguments, (names, a) -> {
            Expression all = orEmpty(a.get(0).expression());
            for (Operand next : a.subList(1, a.size())) {
                all = new Arithmetic(Operator.CONCAT, all, orEmpty(next.expression()));
            }
            return a.get(0).computed(all, ColumnType.TEXT, "concat");
        });
    }

    private static Expression orEmpty(Expression value) {
        return Traits.canBeNull(value) ? new Call(Function.COALESCE, value, new Text("")) : value;
    }

    static ExprNode fold(List<ExprNode> arguments) {
        return of(arguments, (names, a) -> {
            if (!names.database().functions().fold()) {
                throw Errors.missingCapability("fold", a.get(0).key(), "functions");
            }
            return a.get(0).computed(call(Function.FOLD, a), ColumnType.TEXT, "fold");
        });
    }

    static ExprNode mod(List<ExprNode> arguments) {
        return of(arguments, (names, a) -> {
            Operand left = a.get(0);
            Operand right = a.get(1);
            boolean whole = left.type() == ColumnType.INTEGER && right.type() == ColumnType.INTEGER;
            return whole
                    ? left.computed(
                            new Arithmetic(Operator.MODULO, left.expression(), right.expression()),
                            ColumnType.INTEGER,
                            "mod")
                    : left.computed(call(Function.MOD, a), ColumnType.REAL, "mod");
        });
    }

    static ExprNode substr(List<ExprNode> arguments) {
        if (constant(arguments.get(1)) instanceof Number start && start.longValue() == 0) {
            throw Errors.invalidValue(
                    "the start of substr", start, "a position: 1 is the first character, -1 the last");
        }
        if (arguments.size() > 2 && constant(arguments.get(2)) instanceof Number length && length.longValue() < 0) {
            throw Errors.invalidValue("the length of substr", length, "0 or more");
        }
        return simple(Function.SUBSTR, ColumnType.TEXT, "substr", arguments);
    }

    private static @Nullable Object constant(ExprNode node) {
        return node instanceof ExprNode.Value value ? value.value() : null;
    }

    /** The moment of the statement. */
    static ExprNode now(Function function, ColumnType type, String what) {
        return of(List.of(), (names, a) -> Operand.of(new Call(function, new Text("now")), type, what));
    }

    static ExprNode json(Operator operator, ColumnType type, String what, Object keyOrExpr, Object[] path) {
        String way = JsonAddress.of(path);
        return of(
                all(keyOrExpr),
                (names, a) -> a.get(0)
                        .computed(
                                new Arithmetic(operator, a.get(0).expression(), new Expression.Bind(way)), type, what));
    }
}
