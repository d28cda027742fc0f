package rillite.querysets.ast;

import java.util.List;

/** The joins whose absence makes an expression NULL, one bit each. */
final class StrictParts implements Expression.Visitor<Long> {

    private static final Long NOTHING = 0L;

    private final Level level;

    StrictParts(Level level) {
        this.level = level;
    }

    /** A join and all before it on its way. */
    static long way(Level level, int join) {
        long bits = 0;
        for (int at = join; at != Level.ROOT; at = level.parent(at)) {
            bits |= 1L << at;
        }
        return bits;
    }

    private Long all(List<Expression> expressions) {
        long needed = 0;
        for (Expression expression : expressions) {
            needed |= expression.accept(this);
        }
        return needed;
    }

    @Override
    public Long column(Expression.ColumnRef expression) {
        return expression.up() == 0 ? way(level, level.index(expression.path())) : NOTHING;
    }

    @Override
    public Long call(Expression.Call expression) {
        return switch (expression.function()) {
            case INSTR,
                    SUBSTR,
                    REPLACE,
                    LOWER,
                    UPPER,
                    LENGTH,
                    TRIM,
                    LTRIM,
                    RTRIM,
                    ABS,
                    ROUND,
                    SIGN,
                    CEIL,
                    FLOOR,
                    SQRT,
                    POWER,
                    MOD,
                    UNIXEPOCH,
                    DATE,
                    TIME,
                    STRFTIME,
                    DATETIME,
                    GREATEST,
                    LEAST,
                    UNHEX,
                    FOLD,
                    REGEXP -> all(expression.arguments());
            case NULLIF, JSON_EXTRACT, JSON_TYPE, JSON_ARRAY_LENGTH, JSON ->
                expression.arguments().get(0).accept(this);
            case COALESCE,
                    RANDOM,
                    HEX,
                    QUOTE,
                    BM25,
                    HIGHLIGHT,
                    SNIPPET,
                    TYPEOF,
                    ROW_NUMBER,
                    RANK,
                    DENSE_RANK,
                    PERCENT_RANK,
                    CUME_DIST,
                    NTILE,
                    LAG,
                    LEAD,
                    FIRST_VALUE,
                    LAST_VALUE,
                    NTH_VALUE -> NOTHING;
        };
    }

    @Override
    public Long arithmetic(Expression.Arithmetic expression) {
        return expression.left().accept(this) | expression.right().accept(this);
    }

    @Override
    public Long negated(Expression.Negated expression) {
        return expression.operand().accept(this);
    }

    @Override
    public Long cast(Expression.Cast expression) {
        return expression.operand().accept(this);
    }

    @Override
    public Long collated(Expression.Collated expression) {
        return expression.operand().accept(this);
    }

    @Override
    public Long bind(Expression.Bind expression) {
        return NOTHING;
    }

    @Override
    public Long text(Expression.Text expression) {
        return NOTHING;
    }

    @Override
    public Long number(Expression.Number expression) {
        return NOTHING;
    }

    @Override
    public Long truth(Expression.Truth expression) {
        return NOTHING;
    }

    @Override
    public Long output(Expression.Output expression) {
        return NOTHING;
    }

    @Override
    public Long element(Expression.Element expression) {
        return NOTHING;
    }

    @Override
    public Long excluded(Expression.Excluded expression) {
        return NOTHING;
    }

    @Override
    public Long aggregate(Expression.Aggregate expression) {
        return NOTHING;
    }

    @Override
    public Long window(Expression.Window expression) {
        return NOTHING;
    }

    @Override
    public Long choice(Expression.Choice expression) {
        return NOTHING;
    }

    @Override
    public Long scalar(Expression.Scalar expression) {
        return NOTHING;
    }

    @Override
    public Long raw(Expression.Raw expression) {
        return NOTHING;
    }

    @Override
    public Long outer(Expression.Outer expression) {
        return NOTHING;
    }
}
