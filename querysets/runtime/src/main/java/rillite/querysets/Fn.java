package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalDateTime;
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

/**
 * Functions that SQLite computes for each row. The first argument is a key such as {@code "name"} or {@code "author__name"}
 * when it is a String, else an expression or a query of one column; any further argument is an expression or a constant, and
 * constants are bound. Unless said otherwise the result is NULL when an argument is.
 *
 * <p>Names and types are checked when a query takes the expression: a wrong one is a {@link QueryException} of that verb.
 */
public final class Fn {

    private Fn() {}

    /** The first of the values that is not NULL. */
    public static Expr<Object, Object> coalesce(Object keyOrExpr, @Nullable Object... more) {
        return merged(Function.COALESCE, "coalesce", keyOrExpr, more);
    }

    /** The largest of the values, NULL when one of them is. */
    public static Expr<Object, Object> greatest(Object keyOrExpr, @Nullable Object... more) {
        return merged(Function.GREATEST, "greatest", keyOrExpr, more);
    }

    /** The smallest of the values, NULL when one of them is. */
    public static Expr<Object, Object> least(Object keyOrExpr, @Nullable Object... more) {
        return merged(Function.LEAST, "least", keyOrExpr, more);
    }

    /** NULL where the value equals the other one, else the value. */
    public static Expr<Object, Object> nullIf(Object keyOrExpr, Object other) {
        return of(
                all(keyOrExpr, other),
                (names, a) ->
                        a.get(0).computed(call(Function.NULLIF, a), a.get(0).type(), "nullIf"));
    }

    /**
     * The value in another type, as SQLite converts it: a text that is no number gives 0. For dates and times the text is
     * brought into their form, NULL when it is none.
     *
     * @param type Long, Integer, Double, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime or UUID
     * @throws InvalidQueryException no cast leads to the type
     */
    public static <V> Expr<Object, V> cast(Object keyOrExpr, Class<V> type) {
        ColumnType wanted = Types.of(Conversions.boxed(type));
        if (wanted == ColumnType.ANY || wanted == ColumnType.BOOLEAN) {
            throw Errors.invalidQuery("Cannot cast to " + type.getSimpleName()
                    + ": SQLite casts to numbers, text, bytes, dates and times. For a truth value use F.test(Q).");
        }
        return of(all(keyOrExpr), (names, a) -> {
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

    /** {@code null}, {@code integer}, {@code real}, {@code text} or {@code blob}: how SQLite stores the value. */
    public static Expr<Object, String> typeof(Object keyOrExpr) {
        return simple(Function.TYPEOF, ColumnType.TEXT, "typeof", keyOrExpr);
    }

    /** The texts one after the other; NULL counts as the empty text. */
    public static Expr<Object, String> concat(Object keyOrExpr, @Nullable Object... more) {
        return of(all(keyOrExpr, more), (names, a) -> {
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

    /** In lower case; only ASCII letters change. {@link #fold} knows all. */
    public static Expr<Object, String> lower(Object keyOrExpr) {
        return simple(Function.LOWER, ColumnType.TEXT, "lower", keyOrExpr);
    }

    /** In upper case; only ASCII letters change. */
    public static Expr<Object, String> upper(Object keyOrExpr) {
        return simple(Function.UPPER, ColumnType.TEXT, "upper", keyOrExpr);
    }

    /**
     * With case folded in all of Unicode, for comparing and grouping. Needs the {@link SqlFunctions}; without them the query
     * that takes it throws {@link InvalidLookupException}.
     */
    public static Expr<Object, String> fold(Object keyOrExpr) {
        return of(all(keyOrExpr), (names, a) -> {
            if (!names.database().functions().fold()) {
                throw Errors.missingCapability("fold", a.get(0).key(), "functions");
            }
            return a.get(0).computed(call(Function.FOLD, a), ColumnType.TEXT, "fold");
        });
    }

    /** The number of characters of a text, of bytes of a BLOB. */
    public static Expr<Object, Long> length(Object keyOrExpr) {
        return simple(Function.LENGTH, ColumnType.INTEGER, "length", keyOrExpr);
    }

    /** The text from a position on: 1 is the first character, -1 the last. */
    public static Expr<Object, String> substr(Object keyOrExpr, Object start) {
        checkStart(start);
        return simple(Function.SUBSTR, ColumnType.TEXT, "substr", keyOrExpr, start);
    }

    /** So many characters from a position on: 1 is the first character, -1 the last. */
    public static Expr<Object, String> substr(Object keyOrExpr, Object start, Object length) {
        checkStart(start);
        if (length instanceof java.lang.Number count && count.longValue() < 0) {
            throw Errors.invalidValue("the length of substr", length, "0 or more");
        }
        return simple(Function.SUBSTR, ColumnType.TEXT, "substr", keyOrExpr, start, length);
    }

    private static void checkStart(Object start) {
        if (start instanceof java.lang.Number position && position.longValue() == 0) {
            throw Errors.invalidValue(
                    "the start of substr", start, "a position: 1 is the first character, -1 the last");
        }
    }

    /** The text with each occurrence of one text replaced by another. */
    public static Expr<Object, String> replace(Object keyOrExpr, Object from, Object to) {
        return simple(Function.REPLACE, ColumnType.TEXT, "replace", keyOrExpr, from, to);
    }

    /** Without spaces at both ends. */
    public static Expr<Object, String> trim(Object keyOrExpr) {
        return simple(Function.TRIM, ColumnType.TEXT, "trim", keyOrExpr);
    }

    /** Without spaces at the begin. */
    public static Expr<Object, String> ltrim(Object keyOrExpr) {
        return simple(Function.LTRIM, ColumnType.TEXT, "ltrim", keyOrExpr);
    }

    /** Without spaces at the end. */
    public static Expr<Object, String> rtrim(Object keyOrExpr) {
        return simple(Function.RTRIM, ColumnType.TEXT, "rtrim", keyOrExpr);
    }

    /** The bytes in hexadecimal; the empty text for NULL. */
    public static Expr<Object, String> hex(Object keyOrExpr) {
        return simple(Function.HEX, ColumnType.TEXT, "hex", keyOrExpr);
    }

    /** The number without its sign. */
    public static Expr<Object, Object> abs(Object keyOrExpr) {
        return kept(Function.ABS, "abs", keyOrExpr);
    }

    /** The nearest whole number, half away from zero, as a floating point number. */
    public static Expr<Object, Double> round(Object keyOrExpr) {
        return simple(Function.ROUND, ColumnType.REAL, "round", keyOrExpr);
    }

    /** Rounded to so many digits after the point, 0 or more. */
    public static Expr<Object, Double> round(Object keyOrExpr, Object digits) {
        return simple(Function.ROUND, ColumnType.REAL, "round", keyOrExpr, digits);
    }

    /** The smallest whole number that is not less. */
    public static Expr<Object, Object> ceil(Object keyOrExpr) {
        return kept(Function.CEIL, "ceil", keyOrExpr);
    }

    /** The largest whole number that is not greater. */
    public static Expr<Object, Object> floor(Object keyOrExpr) {
        return kept(Function.FLOOR, "floor", keyOrExpr);
    }

    /** -1, 0 or 1; NULL for what is no number. */
    public static Expr<Object, Long> sign(Object keyOrExpr) {
        return simple(Function.SIGN, ColumnType.INTEGER, "sign", keyOrExpr);
    }

    /** The square root; NULL for a negative number. */
    public static Expr<Object, Double> sqrt(Object keyOrExpr) {
        return simple(Function.SQRT, ColumnType.REAL, "sqrt", keyOrExpr);
    }

    /** The number to the power of another one. */
    public static Expr<Object, Double> power(Object keyOrExpr, Object exponent) {
        return simple(Function.POWER, ColumnType.REAL, "power", keyOrExpr, exponent);
    }

    /** The remainder of a division, with the sign of the dividend; NULL for a zero divisor. */
    public static Expr<Object, Object> mod(Object keyOrExpr, Object divisor) {
        return of(all(keyOrExpr, divisor), (names, a) -> {
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

    /** The moment of the statement in UTC, to the second; the same for all rows. */
    public static Expr<Object, LocalDateTime> now() {
        return of(
                List.of(),
                (names, a) -> Operand.of(new Call(Function.DATETIME, new Text("now")), ColumnType.DATETIME, "now"));
    }

    /** The day of the statement in UTC; the same for all rows. */
    public static Expr<Object, LocalDate> today() {
        return of(
                List.of(),
                (names, a) -> Operand.of(new Call(Function.DATE, new Text("now")), ColumnType.DATE, "today"));
    }

    /** A part of a date or time as a number. */
    public static Expr<Object, Long> extract(Object keyOrExpr, DatePart part) {
        return of(all(keyOrExpr), (names, a) -> part.transform().apply(a.get(0)));
    }

    /**
     * The begin of the year, month .. in which a moment lies: a date for a date, else a date with time. Fractions of seconds
     * are left out.
     */
    public static Expr<Object, Object> trunc(Object keyOrExpr, DatePart part) {
        return of(all(keyOrExpr), (names, a) -> DateFunctions.trunc(a.get(0), part));
    }

    /**
     * The moment so many years, days .. later, earlier for a negative number: a date for a date, else a date with time. A day
     * that the month does not have becomes its last one, as in {@code java.time}. Fractions of seconds are left out.
     */
    public static Expr<Object, Object> plus(Object keyOrExpr, Object amount, DatePart part) {
        return of(all(keyOrExpr, amount), (names, a) -> DateFunctions.plus(a.get(0), a.get(1), part));
    }

    /**
     * How many whole weeks, days, hours, minutes or seconds lie from the first moment to the second; negative when it lies
     * before. Fractions of seconds do not count.
     */
    public static Expr<Object, Long> between(Object keyOrExpr, Object to, DatePart part) {
        return of(all(keyOrExpr, to), (names, a) -> DateFunctions.between(a.get(0), a.get(1), part));
    }

    /**
     * What stands at a path of a JSON value: a number, a text, 1 or 0 for a truth value, JSON for an object or array; NULL
     * where the path leads nowhere.
     *
     * @param path names of members and positions in arrays, from 0; negative positions count from the end
     */
    public static Expr<Object, Object> jsonValue(Object keyOrExpr, Object... path) {
        return json(Operator.JSON_VALUE, ColumnType.ANY, "jsonValue", keyOrExpr, path);
    }

    /** As {@link #jsonValue}, as JSON text: texts in quotes, {@code true}, {@code null}. */
    public static Expr<Object, String> jsonText(Object keyOrExpr, Object... path) {
        return json(Operator.JSON_TEXT, ColumnType.JSON, "jsonText", keyOrExpr, path);
    }

    private static <V> Expr<Object, V> json(
            Operator operator, ColumnType type, String what, Object keyOrExpr, Object[] path) {
        String way = JsonAddress.of(path);
        return of(
                all(keyOrExpr),
                (names, a) -> a.get(0)
                        .computed(
                                new Arithmetic(operator, a.get(0).expression(), new Expression.Bind(way)), type, what));
    }

    /**
     * {@code object}, {@code array}, {@code text}, {@code integer}, {@code real}, {@code true}, {@code false} or {@code
     * null}: what stands at a path of a JSON value; NULL where the path leads nowhere.
     */
    public static Expr<Object, String> jsonType(Object keyOrExpr, Object... path) {
        return simple(Function.JSON_TYPE, ColumnType.TEXT, "jsonType", keyOrExpr, JsonAddress.of(path));
    }

    /** How many elements the array at a path of a JSON value has; 0 for what is no array, NULL where the path leads nowhere. */
    public static Expr<Object, Long> jsonLength(Object keyOrExpr, Object... path) {
        return simple(Function.JSON_ARRAY_LENGTH, ColumnType.INTEGER, "jsonLength", keyOrExpr, JsonAddress.of(path));
    }

    private static List<ExprNode> all(Object keyOrExpr, @Nullable Object... more) {
        List<ExprNode> nodes = new ArrayList<>(more.length + 1);
        nodes.add(ExprNode.ofKey(keyOrExpr));
        for (Object one : more) {
            nodes.add(ExprNode.ofValue(one));
        }
        return nodes;
    }

    private static <V> Expr<Object, V> of(List<ExprNode> arguments, ExprNode.Formula formula) {
        return new Expr<>(new ExprNode.Applied(arguments, formula));
    }

    private static Call call(Function function, List<Operand> arguments) {
        return new Call(function, arguments.stream().map(Operand::expression).toList());
    }

    /** A function whose result has a type of its own. */
    private static <V> Expr<Object, V> simple(
            Function function, ColumnType type, String what, Object keyOrExpr, Object... more) {
        return of(all(keyOrExpr, more), (names, a) -> a.get(0).computed(call(function, a), type, what));
    }

    /** A function whose result has the type of its argument. */
    private static Expr<Object, Object> kept(Function function, String what, Object keyOrExpr) {
        return of(
                all(keyOrExpr),
                (names, a) -> a.get(0).computed(call(function, a), a.get(0).type(), what));
    }

    /** A function whose result is one of its arguments. */
    private static Expr<Object, Object> merged(
            Function function, String what, Object keyOrExpr, @Nullable Object... more) {
        if (more.length == 0) {
            throw Errors.invalidQuery(what + " needs at least two values.");
        }
        return of(
                all(keyOrExpr, more),
                (names, a) -> a.get(0)
                        .computed(
                                call(function, a),
                                Types.common(a.stream().map(Operand::type).toList()),
                                what));
    }
}
