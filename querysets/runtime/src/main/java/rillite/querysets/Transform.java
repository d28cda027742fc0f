package rillite.querysets;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Call;
import rillite.querysets.ast.Expression.Cast;
import rillite.querysets.ast.Expression.Number;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.ast.Expression.Text;
import rillite.querysets.schema.ColumnType;

/** A middle part of a key: a value computed from the column before it is compared. */
enum Transform {
    YEAR("%Y"),
    ISO_YEAR("%G"),
    MONTH("%m"),
    DAY("%d"),
    HOUR("%H"),
    MINUTE("%M"),
    SECOND("%S"),
    WEEK("%V"),
    QUARTER("%m"),
    /** Sunday is 1. */
    WEEK_DAY("%w"),
    /** Monday is 1. */
    ISO_WEEK_DAY("%u"),
    DATE(""),
    TIME(""),
    LENGTH(""),
    TRIM(""),
    ABS("");

    private static final Set<ColumnType> TEMPORAL =
            EnumSet.of(ColumnType.DATE, ColumnType.TIME, ColumnType.DATETIME, ColumnType.TEXT, ColumnType.ANY);

    private static final Set<ColumnType> NUMERIC =
            EnumSet.of(ColumnType.INTEGER, ColumnType.REAL, ColumnType.DECIMAL, ColumnType.ANY);

    private static final Map<String, Transform> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Transform::key, Function.identity()));

    private final String format;

    Transform(String format) {
        this.format = format;
    }

    /** The name in keys. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Transform find(String name) {
        return BY_NAME.get(name);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Transform::key).toList();
    }

    Operand apply(Operand operand) {
        if (!fits(operand.type())) {
            throw Errors.unfitLookup(
                    key(), operand.key(), operand.label(), operand.type().name());
        }
        Expression value = operand.expression();
        return switch (this) {
            case DATE -> operand.computed(new Call(Expression.Function.DATE, value), ColumnType.DATE, key());
            case TIME -> operand.computed(new Call(Expression.Function.TIME, value), ColumnType.TIME, key());
            case LENGTH -> operand.computed(new Call(Expression.Function.LENGTH, value), ColumnType.INTEGER, key());
            case TRIM -> operand.computed(new Call(Expression.Function.TRIM, value), ColumnType.TEXT, key());
            case ABS -> operand.computed(new Call(Expression.Function.ABS, value), operand.type(), key());
            case QUARTER ->
                part(
                        operand,
                        new Arithmetic(
                                Operator.DIVIDED,
                                new Arithmetic(Operator.PLUS, field(value), new Number(2)),
                                new Number(3)));
            case WEEK_DAY -> part(operand, new Arithmetic(Operator.PLUS, field(value), new Number(1)));
            default -> part(operand, field(value));
        };
    }

    private Operand part(Operand operand, Expression expression) {
        return operand.computed(expression, ColumnType.INTEGER, key());
    }

    private Expression field(Expression value) {
        return new Cast(new Call(Expression.Function.STRFTIME, new Text(format), value), Expression.Storage.INTEGER);
    }

    private boolean fits(ColumnType type) {
        return switch (this) {
            case LENGTH -> true;
            case TRIM -> type != ColumnType.BLOB;
            case ABS -> NUMERIC.contains(type);
            default -> TEMPORAL.contains(type);
        };
    }
}
