package rillite.querysets;

import static rillite.querysets.ast.Condition.Comparison.GREATER_OR_EQUAL;
import static rillite.querysets.ast.Condition.Comparison.LESS;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression.Bind;

/**
 * The transforms {@code year} and {@code date} as ranges of the bare column, which an index can serve and which are right
 * for dates and for date-times with either separator and any fraction.
 */
final class DateRanges {

    private static final int LAST_YEAR = 9999;

    private final Operand column;
    private final Operand transformed;
    private final Transform transform;

    DateRanges(Operand column, Operand transformed, Transform transform) {
        this.column = column;
        this.transformed = transformed;
        this.transform = transform;
    }

    /** The first day of the period, and the first day after it; null when it ends with the last year. */
    private record Period(String start, @Nullable String end) {}

    /** The condition as a range, or null when this is no range. */
    @Nullable Condition build(Lookup lookup, @Nullable Object value) {
        boolean ranged = transform == Transform.YEAR || transform == Transform.DATE;
        if (!ranged || value == null || value instanceof Expr<?, ?>) {
            return null;
        }
        return switch (lookup) {
            case EXACT -> between(period(value), period(value));
            case GTE -> from(period(value).start());
            case GT -> from(period(value).end());
            case LT -> before(period(value).start());
            case LTE -> upTo(period(value).end());
            case RANGE -> value instanceof Range range ? between(period(range.low()), period(range.high())) : null;
            default -> null;
        };
    }

    private Condition between(Period first, Period last) {
        return Condition.all(List.of(from(first.start()), upTo(last.end())));
    }

    private Condition from(@Nullable String day) {
        return day == null
                ? Condition.NEVER
                : new Condition.Compare(GREATER_OR_EQUAL, column.expression(), new Bind(day));
    }

    private Condition before(String day) {
        return new Condition.Compare(LESS, column.expression(), new Bind(day));
    }

    private Condition upTo(@Nullable String day) {
        return day == null ? new Condition.IsNull(column.expression(), true) : before(day);
    }

    private Period period(Object value) {
        return transform == Transform.YEAR ? year(value) : day(value);
    }

    private Period year(Object value) {
        Object encoded = ValueEncoder.compared(value, transformed.type(), transformed);
        if (!(encoded instanceof Long year) || year < 0 || year > LAST_YEAR) {
            throw Errors.invalidValue(transformed.label(), value, "a year from 0 to " + LAST_YEAR);
        }
        return new Period(firstDay(year.intValue()), year == LAST_YEAR ? null : firstDay(year.intValue() + 1));
    }

    private static String firstDay(int year) {
        return TemporalText.of(LocalDate.of(year, 1, 1));
    }

    private Period day(Object value) {
        LocalDate date;
        try {
            date = value instanceof LocalDate local ? local : LocalDate.parse(String.valueOf(value));
        } catch (DateTimeParseException e) {
            throw Errors.invalidValue(transformed.label(), value, "a LocalDate or its text yyyy-MM-dd");
        }
        if (!TemporalText.fits(date)) {
            throw Errors.invalidValue(transformed.label(), value, "a year from 0 to " + LAST_YEAR);
        }
        LocalDate next = date.plusDays(1);
        return new Period(TemporalText.of(date), TemporalText.fits(next) ? TemporalText.of(next) : null);
    }
}
