package rillite.querysets;

import java.util.List;
import java.util.Locale;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Cast;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Number;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Text;
import rillite.querysets.schema.ColumnType;

/** Dates and times as SQLite computes with them: texts, without a time zone. */
final class DateFunctions {

    private DateFunctions() {}

    static ExprNode extract(List<ExprNode> arguments, DatePart part) {
        return Functions.of(arguments, (names, a) -> part.transform().apply(a.get(0)));
    }

    static ExprNode trunc(List<ExprNode> arguments, DatePart part) {
        return Functions.of(arguments, (names, a) -> trunc(a.get(0), part));
    }

    static ExprNode plus(List<ExprNode> arguments, DatePart part) {
        return Functions.of(arguments, (names, a) -> plus(a.get(0), a.get(1), part));
    }

    static ExprNode between(List<ExprNode> arguments, DatePart part) {
        return Functions.of(arguments, (names, a) -> between(a.get(0), a.get(1), part));
    }

    /** The begin of the period in which a moment lies: a date for dates, else a date with time. */
    private static Operand trunc(Operand moment, DatePart part) {
        ColumnType type = moment.type();
        boolean date = type == ColumnType.DATE;
        if (!isDated(type) || date && part.isTime()) {
            throw unfit("trunc to " + part.name().toLowerCase(Locale.ROOT), moment);
        }
        Expression value = moment.expression();
        Expression start = switch (part) {
            case YEAR -> moment(date, value, new Text("start of year"));
            case QUARTER -> moment(date, value, new Text("start of month"), monthsOfQuarter(value));
            case MONTH -> moment(date, value, new Text("start of month"));
            case WEEK -> moment(date, value, new Text("start of day"), new Text("weekday 0"), new Text("-6 days"));
            case DAY -> moment(date, value, new Text("start of day"));
            case HOUR -> format("%Y-%m-%d %H:00:00", value);
            case MINUTE -> format("%Y-%m-%d %H:%M:00", value);
            case SECOND -> format("%Y-%m-%d %H:%M:%S", value);
        };
        return moment.computed(start, date ? ColumnType.DATE : ColumnType.DATETIME, "trunc");
    }

    /** How many months of the quarter have passed, as a modifier. */
    private static Expression monthsOfQuarter(Expression value) {
        Expression month = new Cast(format("%m", value), Expression.Storage.INTEGER);
        Expression passed =
                new Arithmetic(Operator.MODULO, new Arithmetic(Operator.PLUS, month, new Number(2)), new Number(3));
        return new Arithmetic(
                Operator.CONCAT, new Arithmetic(Operator.CONCAT, new Text("-"), passed), new Text(" months"));
    }

    /** A moment so many periods later. */
    private static Operand plus(Operand moment, Operand amount, DatePart part) {
        boolean date = moment.type() == ColumnType.DATE;
        if (!isDated(moment.type()) || date && part.isTime()) {
            throw unfit("plus " + part.name().toLowerCase(Locale.ROOT), moment);
        }
        Expression number = switch (part) {
            case QUARTER -> new Arithmetic(Operator.TIMES, amount.expression(), new Number(3));
            case WEEK -> new Arithmetic(Operator.TIMES, amount.expression(), new Number(7));
            default -> amount.expression();
        };
        String unit = switch (part) {
            case QUARTER -> " months";
            case WEEK -> " days";
            default -> " " + part.name().toLowerCase(Locale.ROOT) + "s";
        };
        Expression modifier = new Arithmetic(Operator.CONCAT, number, new Text(unit));
        boolean clamps = part.compareTo(DatePart.MONTH) <= 0;
        Expression later = clamps
                ? moment(date, moment.expression(), modifier, new Text("floor"))
                : moment(date, moment.expression(), modifier);
        return moment.computed(later, date ? ColumnType.DATE : ColumnType.DATETIME, "plus");
    }

    /** How many whole periods lie between two moments. */
    private static Operand between(Operand from, Operand to, DatePart part) {
        if (part.compareTo(DatePart.WEEK) < 0) {
            throw Errors.invalidQuery("Cannot count between two dates by "
                    + part.name().toLowerCase(Locale.ROOT)
                    + ": years, quarters and months differ in length. Count days, or compare extract(..).");
        }
        if (!isDated(from.type())) {
            throw unfit("between", from);
        }
        long seconds = switch (part) {
            case WEEK -> 604_800;
            case DAY -> 86_400;
            case HOUR -> 3_600;
            case MINUTE -> 60;
            default -> 1;
        };
        Expression passed = new Arithmetic(
                Operator.MINUS,
                new Call(Function.UNIXEPOCH, to.expression()),
                new Call(Function.UNIXEPOCH, from.expression()));
        return from.computed(
                seconds == 1 ? passed : new Arithmetic(Operator.DIVIDED, passed, new Number(seconds)),
                ColumnType.INTEGER,
                "between");
    }

    private static boolean isDated(ColumnType type) {
        return switch (type) {
            case DATE, DATETIME, TEXT, ANY -> true;
            default -> false;
        };
    }

    private static InvalidLookupException unfit(String what, Operand operand) {
        return Errors.unfitLookup(
                what, operand.key(), operand.label(), operand.type().name());
    }

    private static Expression moment(boolean date, Expression value, Expression... modifiers) {
        Expression[] arguments = new Expression[modifiers.length + 1];
        arguments[0] = value;
        System.arraycopy(modifiers, 0, arguments, 1, modifiers.length);
        return new Call(date ? Function.DATE : Function.DATETIME, arguments);
    }

    private static Expression format(String format, Expression value) {
        return new Call(Function.STRFTIME, new Text(format), value);
    }
}
