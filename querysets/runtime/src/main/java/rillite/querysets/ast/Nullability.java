package rillite.querysets.ast;

import java.util.List;

/** Tells whether an expression or condition can be NULL, so that NOT is written in its shortest right form. */
final class Nullability implements Expression.Visitor<Boolean>, Condition.Visitor<Boolean> {

    private static final Nullability INSTANCE = new Nullability();

    private Nullability() {}

    static boolean canBeNull(Condition condition) {
        return condition.accept(INSTANCE);
    }

    private boolean anyOf(List<Expression> expressions) {
        for (Expression expression : expressions) {
            if (expression.accept(this)) {
                return true;
            }
        }
        return false;
    }

    private boolean allOf(List<Expression> expressions) {
        for (Expression expression : expressions) {
            if (!expression.accept(this)) {
                return false;
            }
        }
        return true;
    }

    private boolean anyPart(List<Condition> parts) {
        for (Condition part : parts) {
            if (part.accept(this)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Boolean column(Expression.ColumnRef expression) {
        return !expression.column().notNull() || expression.path().mayBeAbsent();
    }

    @Override
    public Boolean bind(Expression.Bind expression) {
        return expression.value() == null;
    }

    @Override
    public Boolean text(Expression.Text expression) {
        return false;
    }

    @Override
    public Boolean number(Expression.Number expression) {
        return false;
    }

    @Override
    public Boolean call(Expression.Call expression) {
        return switch (expression.function()) {
            case RANDOM, HEX, QUOTE, TYPEOF, ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE -> false;
            case DATE,
                    TIME,
                    STRFTIME,
                    DATETIME,
                    NULLIF,
                    SIGN,
                    CEIL,
                    FLOOR,
                    SQRT,
                    POWER,
                    MOD,
                    UNIXEPOCH,
                    BM25,
                    HIGHLIGHT,
                    SNIPPET,
                    UNHEX,
                    JSON_EXTRACT,
                    JSON_TYPE,
                    JSON_ARRAY_LENGTH,
                    LAG,
                    LEAD,
                    FIRST_VALUE,
                    LAST_VALUE,
                    NTH_VALUE -> true;
            case COALESCE -> allOf(expression.arguments());
            case INSTR,
                    SUBSTR,
                    REPLACE,
                    LOWER,
                    LENGTH,
                    TRIM,
                    ABS,
                    UPPER,
                    LTRIM,
                    RTRIM,
                    ROUND,
                    GREATEST,
                    LEAST,
                    FOLD,
                    REGEXP,
                    JSON -> anyOf(expression.arguments());
        };
    }

    @Override
    public Boolean arithmetic(Expression.Arithmetic expression) {
        boolean certain = expression.right() instanceof Expression.Number divisor && divisor.value() != 0;
        return expression.operator().mayBeNull(certain)
                || expression.left().accept(this)
                || expression.right().accept(this);
    }

    @Override
    public Boolean negated(Expression.Negated expression) {
        return expression.operand().accept(this);
    }

    @Override
    public Boolean cast(Expression.Cast expression) {
        return expression.operand().accept(this);
    }

    @Override
    public Boolean collated(Expression.Collated expression) {
        return expression.operand().accept(this);
    }

    @Override
    public Boolean truth(Expression.Truth expression) {
        return expression.condition().accept(this);
    }

    @Override
    public Boolean constant(Condition.Constant condition) {
        return false;
    }

    @Override
    public Boolean compare(Condition.Compare condition) {
        return condition.left().accept(this) || condition.right().accept(this);
    }

    @Override
    public Boolean like(Condition.Like condition) {
        return condition.operand().accept(this) || condition.pattern().accept(this);
    }

    @Override
    public Boolean between(Condition.Between condition) {
        return anyOf(List.of(condition.operand(), condition.low(), condition.high()));
    }

    @Override
    public Boolean isNull(Condition.IsNull condition) {
        return false;
    }

    @Override
    public Boolean inValues(Condition.InValues condition) {
        return anyOf(condition.operands());
    }

    @Override
    public Boolean inSelect(Condition.InSelect condition) {
        return anyOf(condition.operands()) || anyOf(condition.select().columns());
    }

    @Override
    public Boolean exists(Condition.Exists condition) {
        return false;
    }

    @Override
    public Boolean and(Condition.And condition) {
        return anyPart(condition.parts());
    }

    @Override
    public Boolean or(Condition.Or condition) {
        return anyPart(condition.parts());
    }

    @Override
    public Boolean xor(Condition.Xor condition) {
        return false;
    }

    @Override
    public Boolean not(Condition.Not condition) {
        return false;
    }

    @Override
    public Boolean output(Expression.Output expression) {
        return expression.nullable();
    }

    @Override
    public Boolean element(Expression.Element expression) {
        return true;
    }

    @Override
    public Boolean excluded(Expression.Excluded expression) {
        return !expression.column().notNull();
    }

    @Override
    public Boolean aggregate(Expression.Aggregate expression) {
        return expression.function() != Expression.Total.COUNT;
    }

    @Override
    public Boolean window(Expression.Window expression) {
        return expression.function().accept(this);
    }

    @Override
    public Boolean choice(Expression.Choice expression) {
        for (Expression.Branch branch : expression.branches()) {
            if (branch.value().accept(this)) {
                return true;
            }
        }
        return expression.otherwise() == null || expression.otherwise().accept(this);
    }

    @Override
    public Boolean scalar(Expression.Scalar expression) {
        return expression.nullable();
    }

    @Override
    public Boolean raw(Expression.Raw expression) {
        return true;
    }

    @Override
    public Boolean outer(Expression.Outer expression) {
        return true;
    }

    @Override
    public Boolean holds(Condition.Holds condition) {
        return condition.expression().accept(this);
    }

    @Override
    public Boolean match(Condition.Match condition) {
        return condition.path().mayBeAbsent() || condition.query().accept(this);
    }
}
