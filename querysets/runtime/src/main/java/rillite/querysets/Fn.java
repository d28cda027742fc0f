package rillite.querysets;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Function;
import rillite.querysets.ast.Expression.Operator;
import rillite.querysets.schema.ColumnType;

/**
 * Functions that SQLite computes for each row. The first argument is a key such as {@code "name"} or {@code "author__name"}
 * when it is a String, else an expression; any further argument is an expression or a constant, and constants are bound.
 * Unless said otherwise the result is NULL when an argument is.
 *
 * <p>Columns of a table class give expressions with their root, which the compiler holds together: {@code
 * Fn.upper(AUTHOR.name)} is a {@code TextExpr<Author>}. Among expressions a constant is {@link F#value}, as in {@code
 * Fn.coalesce(AUTHOR.email, AUTHOR.name, F.value("?"))}; one at the end of two arguments stands as it is.
 *
 * <p>Names and types are checked when a query takes the expression: a wrong one is a {@link QueryException} of that verb.
 */
public final class Fn {

    private Fn() {}

    /** The first of the values that is not NULL. */
    public static Expr<Object, Object> coalesce(String key, @Nullable Object... more) {
        return new Expr<>(Functions.merged(Function.COALESCE, "coalesce", Functions.all(key, more)));
    }

    /** The first of the values that is not NULL. */
    public static Expr<Object, Object> coalesce(Expr<Object, Object> value, @Nullable Object... more) {
        return new Expr<>(Functions.merged(Function.COALESCE, "coalesce", Functions.all(value, more)));
    }

    /** The first of the values that is not NULL. */
    public static <R> TextExpr<R> coalesce(TextExpr<R> value, String constant) {
        return new TextExpr<>(Functions.merged(Function.COALESCE, "coalesce", Functions.all(value, constant)));
    }

    /** The first of the values that is not NULL. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> TextExpr<R> coalesce(TextExpr<? super R> value, Expr<? super R, ?>... more) {
        return new TextExpr<>(Functions.merged(Function.COALESCE, "coalesce", Functions.all(value, (Object[]) more)));
    }

    /** The first of the values that is not NULL. */
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> coalesce(
            NumberExpr<R, V> value, Number constant) {
        return new NumberExpr<>(
                Functions.merged(Function.COALESCE, "coalesce", Functions.all(value, constant)), value.type());
    }

    /** The first of the values that is not NULL. It is read as what the first is read as. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> coalesce(
            NumberExpr<? super R, V> value, Expr<? super R, ?>... more) {
        return new NumberExpr<>(
                Functions.merged(Function.COALESCE, "coalesce", Functions.all(value, (Object[]) more)), value.type());
    }

    /** The first of the values that is not NULL. It is read as what the first is read as. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Comparable<?>> Expr<R, V> coalesce(
            Expr<? super R, V> value, Expr<? super R, ?>... more) {
        return new Expr<>(
                Functions.merged(Function.COALESCE, "coalesce", Functions.all(value, (Object[]) more)), value.type());
    }

    /** The largest of the values, NULL when one of them is. */
    public static Expr<Object, Object> greatest(String key, @Nullable Object... more) {
        return new Expr<>(Functions.merged(Function.GREATEST, "greatest", Functions.all(key, more)));
    }

    /** The largest of the values, NULL when one of them is. */
    public static Expr<Object, Object> greatest(Expr<Object, Object> value, @Nullable Object... more) {
        return new Expr<>(Functions.merged(Function.GREATEST, "greatest", Functions.all(value, more)));
    }

    /** The largest of the values, NULL when one of them is. */
    public static <R> TextExpr<R> greatest(TextExpr<R> value, String constant) {
        return new TextExpr<>(Functions.merged(Function.GREATEST, "greatest", Functions.all(value, constant)));
    }

    /** The largest of the values, NULL when one of them is. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> TextExpr<R> greatest(TextExpr<? super R> value, Expr<? super R, ?>... more) {
        return new TextExpr<>(Functions.merged(Function.GREATEST, "greatest", Functions.all(value, (Object[]) more)));
    }

    /** The largest of the values, NULL when one of them is. */
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> greatest(
            NumberExpr<R, V> value, Number constant) {
        return new NumberExpr<>(
                Functions.merged(Function.GREATEST, "greatest", Functions.all(value, constant)), value.type());
    }

    /** The largest of the values, NULL when one of them is. It is read as what the first is read as. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> greatest(
            NumberExpr<? super R, V> value, Expr<? super R, ?>... more) {
        return new NumberExpr<>(
                Functions.merged(Function.GREATEST, "greatest", Functions.all(value, (Object[]) more)), value.type());
    }

    /** The largest of the values, NULL when one of them is. It is read as what the first is read as. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Comparable<?>> Expr<R, V> greatest(
            Expr<? super R, V> value, Expr<? super R, ?>... more) {
        return new Expr<>(
                Functions.merged(Function.GREATEST, "greatest", Functions.all(value, (Object[]) more)), value.type());
    }

    /** The smallest of the values, NULL when one of them is. */
    public static Expr<Object, Object> least(String key, @Nullable Object... more) {
        return new Expr<>(Functions.merged(Function.LEAST, "least", Functions.all(key, more)));
    }

    /** The smallest of the values, NULL when one of them is. */
    public static Expr<Object, Object> least(Expr<Object, Object> value, @Nullable Object... more) {
        return new Expr<>(Functions.merged(Function.LEAST, "least", Functions.all(value, more)));
    }

    /** The smallest of the values, NULL when one of them is. */
    public static <R> TextExpr<R> least(TextExpr<R> value, String constant) {
        return new TextExpr<>(Functions.merged(Function.LEAST, "least", Functions.all(value, constant)));
    }

    /** The smallest of the values, NULL when one of them is. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R> TextExpr<R> least(TextExpr<? super R> value, Expr<? super R, ?>... more) {
        return new TextExpr<>(Functions.merged(Function.LEAST, "least", Functions.all(value, (Object[]) more)));
    }

    /** The smallest of the values, NULL when one of them is. */
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> least(
            NumberExpr<R, V> value, Number constant) {
        return new NumberExpr<>(
                Functions.merged(Function.LEAST, "least", Functions.all(value, constant)), value.type());
    }

    /** The smallest of the values, NULL when one of them is. It is read as what the first is read as. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> least(
            NumberExpr<? super R, V> value, Expr<? super R, ?>... more) {
        return new NumberExpr<>(
                Functions.merged(Function.LEAST, "least", Functions.all(value, (Object[]) more)), value.type());
    }

    /** The smallest of the values, NULL when one of them is. It is read as what the first is read as. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Comparable<?>> Expr<R, V> least(Expr<? super R, V> value, Expr<? super R, ?>... more) {
        return new Expr<>(
                Functions.merged(Function.LEAST, "least", Functions.all(value, (Object[]) more)), value.type());
    }

    /** NULL where the value equals the other one, else the value. */
    public static Expr<Object, Object> nullIf(String key, Object other) {
        return new Expr<>(Functions.kept(Function.NULLIF, "nullIf", Functions.all(key, other)));
    }

    /** NULL where the value equals the other one, else the value. */
    public static Expr<Object, Object> nullIf(Expr<Object, Object> value, Object other) {
        return new Expr<>(Functions.kept(Function.NULLIF, "nullIf", Functions.all(value, other)));
    }

    /** NULL where the value equals the other one, else the value. */
    public static <R> TextExpr<R> nullIf(TextExpr<R> value, String constant) {
        return new TextExpr<>(Functions.kept(Function.NULLIF, "nullIf", Functions.all(value, constant)));
    }

    /** NULL where the value equals the other one, else the value. */
    public static <R> TextExpr<R> nullIf(TextExpr<? super R> value, Expr<? super R, ?> other) {
        return new TextExpr<>(Functions.kept(Function.NULLIF, "nullIf", Functions.all(value, other)));
    }

    /** NULL where the value equals the other one, else the value. */
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> nullIf(
            NumberExpr<R, V> value, Number constant) {
        return new NumberExpr<>(
                Functions.kept(Function.NULLIF, "nullIf", Functions.all(value, constant)), value.type());
    }

    /** NULL where the value equals the other one, else the value. */
    public static <R, V extends Number & Comparable<?>> NumberExpr<R, V> nullIf(
            NumberExpr<? super R, V> value, Expr<? super R, ?> other) {
        return new NumberExpr<>(Functions.kept(Function.NULLIF, "nullIf", Functions.all(value, other)), value.type());
    }

    /** NULL where the value equals the other one, else the value. */
    public static <R, V extends Comparable<?>> Expr<R, V> nullIf(Expr<? super R, V> value, Expr<? super R, ?> other) {
        return new Expr<>(Functions.kept(Function.NULLIF, "nullIf", Functions.all(value, other)), value.type());
    }

    /**
     * The value in another type, as SQLite converts it: a text that is no number gives 0. For dates and times the text is
     * brought into their form, NULL when it is none.
     *
     * @param type Long, Integer, Double, BigDecimal, String, byte[], LocalDate, LocalTime, LocalDateTime or UUID
     * @throws InvalidQueryException no cast leads to the type
     */
    public static <V> Expr<Object, V> cast(Object keyOrExpr, Class<V> type) {
        return new Expr<>(Functions.cast(Functions.all(keyOrExpr), type), Conversions.boxed(type));
    }

    /** As {@link #cast(Object, Class)}. */
    public static <R, V> Expr<R, V> cast(Expr<R, ?> value, Class<V> type) {
        return new Expr<>(Functions.cast(Functions.all(value), type), Conversions.boxed(type));
    }

    /** The texts one after the other; NULL counts as the empty text. */
    public static TextExpr<Object> concat(String key, @Nullable Object... more) {
        return new TextExpr<>(Functions.concat(Functions.all(key, more)));
    }

    /** As {@link #concat(String, Object...)}. */
    public static TextExpr<Object> concat(Expr<Object, Object> value, @Nullable Object... more) {
        return new TextExpr<>(Functions.concat(Functions.all(value, more)));
    }

    /** As {@link #concat(String, Object...)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Comparable<?>> TextExpr<R> concat(
            Expr<? super R, V> value, Expr<? super R, ?>... more) {
        return new TextExpr<>(Functions.concat(Functions.all(value, (Object[]) more)));
    }

    /** As {@link #concat(String, Object...)}: {@code concat(AUTHOR.name, " of ", AUTHOR.city)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <R, V extends Comparable<?>> TextExpr<R> concat(
            Expr<? super R, V> value, String between, Expr<? super R, ?>... more) {
        List<ExprNode> nodes = Functions.all(value, between);
        for (Expr<? super R, ?> one : more) {
            nodes.add(one.node());
        }
        return new TextExpr<>(Functions.concat(nodes));
    }

    /** {@code null}, {@code integer}, {@code real}, {@code text} or {@code blob}: how SQLite stores the value. */
    public static TextExpr<Object> typeof(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.TYPEOF, ColumnType.TEXT, "typeof", Functions.all(keyOrExpr)));
    }

    /** As {@link #typeof(Object)}. */
    public static <R> TextExpr<R> typeof(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.TYPEOF, ColumnType.TEXT, "typeof", Functions.all(value)));
    }

    /** In lower case; only ASCII letters change. {@link #fold} knows all. */
    public static TextExpr<Object> lower(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.LOWER, ColumnType.TEXT, "lower", Functions.all(keyOrExpr)));
    }

    /** As {@link #lower(Object)}. */
    public static <R> TextExpr<R> lower(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.LOWER, ColumnType.TEXT, "lower", Functions.all(value)));
    }

    /** In upper case; only ASCII letters change. */
    public static TextExpr<Object> upper(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.UPPER, ColumnType.TEXT, "upper", Functions.all(keyOrExpr)));
    }

    /** As {@link #upper(Object)}. */
    public static <R> TextExpr<R> upper(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.UPPER, ColumnType.TEXT, "upper", Functions.all(value)));
    }

    /**
     * With case folded in all of Unicode, for comparing and grouping. Needs the {@link SqlFunctions}; without them the query
     * that takes it throws {@link InvalidLookupException}.
     */
    public static TextExpr<Object> fold(Object keyOrExpr) {
        return new TextExpr<>(Functions.fold(Functions.all(keyOrExpr)));
    }

    /** As {@link #fold(Object)}. */
    public static <R> TextExpr<R> fold(Expr<R, ?> value) {
        return new TextExpr<>(Functions.fold(Functions.all(value)));
    }

    /** The number of characters of a text, of bytes of a BLOB. */
    public static NumberExpr<Object, Long> length(Object keyOrExpr) {
        return new NumberExpr<>(
                Functions.simple(Function.LENGTH, ColumnType.INTEGER, "length", Functions.all(keyOrExpr)), Long.class);
    }

    /** As {@link #length(Object)}. */
    public static <R> NumberExpr<R, Long> length(Expr<R, ?> value) {
        return new NumberExpr<>(
                Functions.simple(Function.LENGTH, ColumnType.INTEGER, "length", Functions.all(value)), Long.class);
    }

    /** The text from a position on: 1 is the first character, -1 the last. */
    public static TextExpr<Object> substr(String key, Object start) {
        return new TextExpr<>(Functions.substr(Functions.all(key, start)));
    }

    /** As {@link #substr(String, Object)}. */
    public static <R> TextExpr<R> substr(Expr<R, ?> value, long start) {
        return new TextExpr<>(Functions.substr(Functions.all(value, start)));
    }

    /** As {@link #substr(String, Object)}. */
    public static <R> TextExpr<R> substr(Expr<? super R, ?> value, Expr<? super R, ?> start) {
        return new TextExpr<>(Functions.substr(Functions.all(value, start)));
    }

    /** So many characters from a position on: 1 is the first character, -1 the last. */
    public static TextExpr<Object> substr(String key, Object start, Object length) {
        return new TextExpr<>(Functions.substr(Functions.all(key, start, length)));
    }

    /** As {@link #substr(String, Object, Object)}. */
    public static <R> TextExpr<R> substr(Expr<R, ?> value, long start, long length) {
        return new TextExpr<>(Functions.substr(Functions.all(value, start, length)));
    }

    /** As {@link #substr(String, Object, Object)}. */
    public static <R> TextExpr<R> substr(
            Expr<? super R, ?> value, Expr<? super R, ?> start, Expr<? super R, ?> length) {
        return new TextExpr<>(Functions.substr(Functions.all(value, start, length)));
    }

    /** The text with each occurrence of one text replaced by another. */
    public static TextExpr<Object> replace(String key, Object from, Object to) {
        return new TextExpr<>(
                Functions.simple(Function.REPLACE, ColumnType.TEXT, "replace", Functions.all(key, from, to)));
    }

    /** As {@link #replace(String, Object, Object)}. */
    public static <R> TextExpr<R> replace(Expr<R, ?> value, String from, String to) {
        return new TextExpr<>(
                Functions.simple(Function.REPLACE, ColumnType.TEXT, "replace", Functions.all(value, from, to)));
    }

    /** As {@link #replace(String, Object, Object)}. */
    public static <R> TextExpr<R> replace(Expr<? super R, ?> value, Expr<? super R, ?> from, Expr<? super R, ?> to) {
        return new TextExpr<>(
                Functions.simple(Function.REPLACE, ColumnType.TEXT, "replace", Functions.all(value, from, to)));
    }

    /** Without spaces at both ends. */
    public static TextExpr<Object> trim(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.TRIM, ColumnType.TEXT, "trim", Functions.all(keyOrExpr)));
    }

    /** As {@link #trim(Object)}. */
    public static <R> TextExpr<R> trim(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.TRIM, ColumnType.TEXT, "trim", Functions.all(value)));
    }

    /** Without spaces at the begin. */
    public static TextExpr<Object> ltrim(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.LTRIM, ColumnType.TEXT, "ltrim", Functions.all(keyOrExpr)));
    }

    /** As {@link #ltrim(Object)}. */
    public static <R> TextExpr<R> ltrim(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.LTRIM, ColumnType.TEXT, "ltrim", Functions.all(value)));
    }

    /** Without spaces at the end. */
    public static TextExpr<Object> rtrim(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.RTRIM, ColumnType.TEXT, "rtrim", Functions.all(keyOrExpr)));
    }

    /** As {@link #rtrim(Object)}. */
    public static <R> TextExpr<R> rtrim(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.RTRIM, ColumnType.TEXT, "rtrim", Functions.all(value)));
    }

    /** The bytes in hexadecimal; the empty text for NULL. */
    public static TextExpr<Object> hex(Object keyOrExpr) {
        return new TextExpr<>(Functions.simple(Function.HEX, ColumnType.TEXT, "hex", Functions.all(keyOrExpr)));
    }

    /** As {@link #hex(Object)}. */
    public static <R> TextExpr<R> hex(Expr<R, ?> value) {
        return new TextExpr<>(Functions.simple(Function.HEX, ColumnType.TEXT, "hex", Functions.all(value)));
    }

    /** The number without its sign. */
    public static NumberExpr<Object, Object> abs(Object keyOrExpr) {
        return new NumberExpr<>(Functions.kept(Function.ABS, "abs", Functions.all(keyOrExpr)));
    }

    /** As {@link #abs(Object)}. */
    public static <R, V> NumberExpr<R, V> abs(Expr<R, V> value) {
        return new NumberExpr<>(Functions.kept(Function.ABS, "abs", Functions.all(value)), value.type());
    }

    /** The nearest whole number, half away from zero, as a floating point number. */
    public static NumberExpr<Object, Double> round(Object keyOrExpr) {
        return new NumberExpr<>(
                Functions.simple(Function.ROUND, ColumnType.REAL, "round", Functions.all(keyOrExpr)), Double.class);
    }

    /** As {@link #round(Object)}. */
    public static <R> NumberExpr<R, Double> round(Expr<R, ?> value) {
        return new NumberExpr<>(
                Functions.simple(Function.ROUND, ColumnType.REAL, "round", Functions.all(value)), Double.class);
    }

    /** Rounded to so many digits after the point, 0 or more. */
    public static NumberExpr<Object, Double> round(String key, Object digits) {
        return new NumberExpr<>(
                Functions.simple(Function.ROUND, ColumnType.REAL, "round", Functions.all(key, digits)), Double.class);
    }

    /** As {@link #round(String, Object)}. */
    public static <R> NumberExpr<R, Double> round(Expr<R, ?> value, int digits) {
        return new NumberExpr<>(
                Functions.simple(Function.ROUND, ColumnType.REAL, "round", Functions.all(value, digits)), Double.class);
    }

    /** As {@link #round(String, Object)}. */
    public static <R> NumberExpr<R, Double> round(Expr<? super R, ?> value, Expr<? super R, ?> digits) {
        return new NumberExpr<>(
                Functions.simple(Function.ROUND, ColumnType.REAL, "round", Functions.all(value, digits)), Double.class);
    }

    /** The smallest whole number that is not less. */
    public static NumberExpr<Object, Object> ceil(Object keyOrExpr) {
        return new NumberExpr<>(Functions.kept(Function.CEIL, "ceil", Functions.all(keyOrExpr)));
    }

    /** As {@link #ceil(Object)}. */
    public static <R, V> NumberExpr<R, V> ceil(Expr<R, V> value) {
        return new NumberExpr<>(Functions.kept(Function.CEIL, "ceil", Functions.all(value)), value.type());
    }

    /** The largest whole number that is not greater. */
    public static NumberExpr<Object, Object> floor(Object keyOrExpr) {
        return new NumberExpr<>(Functions.kept(Function.FLOOR, "floor", Functions.all(keyOrExpr)));
    }

    /** As {@link #floor(Object)}. */
    public static <R, V> NumberExpr<R, V> floor(Expr<R, V> value) {
        return new NumberExpr<>(Functions.kept(Function.FLOOR, "floor", Functions.all(value)), value.type());
    }

    /** -1, 0 or 1; NULL for what is no number. */
    public static NumberExpr<Object, Long> sign(Object keyOrExpr) {
        return new NumberExpr<>(
                Functions.simple(Function.SIGN, ColumnType.INTEGER, "sign", Functions.all(keyOrExpr)), Long.class);
    }

    /** As {@link #sign(Object)}. */
    public static <R> NumberExpr<R, Long> sign(Expr<R, ?> value) {
        return new NumberExpr<>(
                Functions.simple(Function.SIGN, ColumnType.INTEGER, "sign", Functions.all(value)), Long.class);
    }

    /** The square root; NULL for a negative number. */
    public static NumberExpr<Object, Double> sqrt(Object keyOrExpr) {
        return new NumberExpr<>(
                Functions.simple(Function.SQRT, ColumnType.REAL, "sqrt", Functions.all(keyOrExpr)), Double.class);
    }

    /** As {@link #sqrt(Object)}. */
    public static <R> NumberExpr<R, Double> sqrt(Expr<R, ?> value) {
        return new NumberExpr<>(
                Functions.simple(Function.SQRT, ColumnType.REAL, "sqrt", Functions.all(value)), Double.class);
    }

    /** The number to the power of another one. */
    public static NumberExpr<Object, Double> power(String key, Object exponent) {
        return new NumberExpr<>(
                Functions.simple(Function.POWER, ColumnType.REAL, "power", Functions.all(key, exponent)), Double.class);
    }

    /** As {@link #power(String, Object)}. */
    public static <R> NumberExpr<R, Double> power(Expr<R, ?> value, Number exponent) {
        return new NumberExpr<>(
                Functions.simple(Function.POWER, ColumnType.REAL, "power", Functions.all(value, exponent)),
                Double.class);
    }

    /** As {@link #power(String, Object)}. */
    public static <R> NumberExpr<R, Double> power(Expr<? super R, ?> value, Expr<? super R, ?> exponent) {
        return new NumberExpr<>(
                Functions.simple(Function.POWER, ColumnType.REAL, "power", Functions.all(value, exponent)),
                Double.class);
    }

    /** The remainder of a division, with the sign of the dividend; NULL for a zero divisor. */
    public static NumberExpr<Object, Object> mod(String key, Object divisor) {
        return new NumberExpr<>(Functions.mod(Functions.all(key, divisor)));
    }

    /** As {@link #mod(String, Object)}. It is read as what the dividend is read as. */
    public static <R, V> NumberExpr<R, V> mod(Expr<R, V> value, Number divisor) {
        return new NumberExpr<>(Functions.mod(Functions.all(value, divisor)), value.type());
    }

    /** As {@link #mod(String, Object)}. It is read as what the dividend is read as. */
    public static <R, V> NumberExpr<R, V> mod(Expr<? super R, V> value, Expr<? super R, ?> divisor) {
        return new NumberExpr<>(Functions.mod(Functions.all(value, divisor)), value.type());
    }

    /** The moment of the statement in UTC, to the second; the same for all rows. */
    public static Expr<Object, LocalDateTime> now() {
        return new Expr<>(Functions.now(Function.DATETIME, ColumnType.DATETIME, "now"), LocalDateTime.class);
    }

    /** The day of the statement in UTC; the same for all rows. */
    public static Expr<Object, LocalDate> today() {
        return new Expr<>(Functions.now(Function.DATE, ColumnType.DATE, "today"), LocalDate.class);
    }

    /** A part of a date or time as a number. */
    public static NumberExpr<Object, Long> extract(Object keyOrExpr, DatePart part) {
        return new NumberExpr<>(DateFunctions.extract(Functions.all(keyOrExpr), part), Long.class);
    }

    /** As {@link #extract(Object, DatePart)}. */
    public static <R> NumberExpr<R, Long> extract(Expr<R, ?> value, DatePart part) {
        return new NumberExpr<>(DateFunctions.extract(Functions.all(value), part), Long.class);
    }

    /**
     * The begin of the year, month .. in which a moment lies: a date for a date, else a date with time. Fractions of seconds
     * are left out.
     */
    public static Expr<Object, Object> trunc(Object keyOrExpr, DatePart part) {
        return new Expr<>(DateFunctions.trunc(Functions.all(keyOrExpr), part));
    }

    /** As {@link #trunc(Object, DatePart)}. */
    public static <R, V> Expr<R, V> trunc(Expr<R, V> value, DatePart part) {
        return new Expr<>(DateFunctions.trunc(Functions.all(value), part), value.type());
    }

    /**
     * The moment so many years, days .. later, earlier for a negative number: a date for a date, else a date with time. A day
     * that the month does not have becomes its last one, as in {@code java.time}. Fractions of seconds are left out.
     */
    public static Expr<Object, Object> plus(String key, Object amount, DatePart part) {
        return new Expr<>(DateFunctions.plus(Functions.all(key, amount), part));
    }

    /** As {@link #plus(String, Object, DatePart)}. */
    public static <R, V> Expr<R, V> plus(Expr<R, V> value, long amount, DatePart part) {
        return new Expr<>(DateFunctions.plus(Functions.all(value, amount), part), value.type());
    }

    /** As {@link #plus(String, Object, DatePart)}. */
    public static <R, V> Expr<R, V> plus(Expr<? super R, V> value, Expr<? super R, ?> amount, DatePart part) {
        return new Expr<>(DateFunctions.plus(Functions.all(value, amount), part), value.type());
    }

    /**
     * How many whole weeks, days, hours, minutes or seconds lie from the first moment to the second; negative when it lies
     * before. Fractions of seconds do not count.
     */
    public static NumberExpr<Object, Long> between(String key, Object to, DatePart part) {
        return new NumberExpr<>(DateFunctions.between(Functions.all(key, to), part), Long.class);
    }

    /** As {@link #between(String, Object, DatePart)}. */
    public static <R> NumberExpr<R, Long> between(Expr<R, ?> value, Temporal to, DatePart part) {
        return new NumberExpr<>(DateFunctions.between(Functions.all(value, value.stored(to)), part), Long.class);
    }

    /** As {@link #between(String, Object, DatePart)}. */
    public static <R> NumberExpr<R, Long> between(Expr<? super R, ?> value, Expr<? super R, ?> to, DatePart part) {
        return new NumberExpr<>(DateFunctions.between(Functions.all(value, to), part), Long.class);
    }

    /**
     * What stands at a path of a JSON value: a number, a text, 1 or 0 for a truth value, JSON for an object or array; NULL
     * where the path leads nowhere.
     *
     * @param path names of members and positions in arrays, from 0; negative positions count from the end
     */
    public static Expr<Object, Object> jsonValue(Object keyOrExpr, Object... path) {
        return new Expr<>(Functions.json(Operator.JSON_VALUE, ColumnType.ANY, "jsonValue", keyOrExpr, path));
    }

    /** As {@link #jsonValue(Object, Object...)}. */
    public static <R> Expr<R, Object> jsonValue(Expr<R, ?> value, Object... path) {
        return new Expr<>(Functions.json(Operator.JSON_VALUE, ColumnType.ANY, "jsonValue", value, path));
    }

    /** As {@link #jsonValue(Object, Object...)}, as JSON text: texts in quotes, {@code true}, {@code null}. */
    public static TextExpr<Object> jsonText(Object keyOrExpr, Object... path) {
        return new TextExpr<>(Functions.json(Operator.JSON_TEXT, ColumnType.JSON, "jsonText", keyOrExpr, path));
    }

    /** As {@link #jsonText(Object, Object...)}. */
    public static <R> TextExpr<R> jsonText(Expr<R, ?> value, Object... path) {
        return new TextExpr<>(Functions.json(Operator.JSON_TEXT, ColumnType.JSON, "jsonText", value, path));
    }

    /**
     * {@code object}, {@code array}, {@code text}, {@code integer}, {@code real}, {@code true}, {@code false} or {@code
     * null}: what stands at a path of a JSON value; NULL where the path leads nowhere.
     */
    public static TextExpr<Object> jsonType(Object keyOrExpr, Object... path) {
        return new TextExpr<>(Functions.simple(
                Function.JSON_TYPE, ColumnType.TEXT, "jsonType", Functions.all(keyOrExpr, JsonAddress.of(path))));
    }

    /** As {@link #jsonType(Object, Object...)}. */
    public static <R> TextExpr<R> jsonType(Expr<R, ?> value, Object... path) {
        return new TextExpr<>(Functions.simple(
                Function.JSON_TYPE, ColumnType.TEXT, "jsonType", Functions.all(value, JsonAddress.of(path))));
    }

    /** How many elements the array at a path of a JSON value has; 0 for what is no array, NULL where the path leads nowhere. */
    public static NumberExpr<Object, Long> jsonLength(Object keyOrExpr, Object... path) {
        return new NumberExpr<>(
                Functions.simple(
                        Function.JSON_ARRAY_LENGTH,
                        ColumnType.INTEGER,
                        "jsonLength",
                        Functions.all(keyOrExpr, JsonAddress.of(path))),
                Long.class);
    }

    /** As {@link #jsonLength(Object, Object...)}. */
    public static <R> NumberExpr<R, Long> jsonLength(Expr<R, ?> value, Object... path) {
        return new NumberExpr<>(
                Functions.simple(
                        Function.JSON_ARRAY_LENGTH,
                        ColumnType.INTEGER,
                        "jsonLength",
                        Functions.all(value, JsonAddress.of(path))),
                Long.class);
    }
}
