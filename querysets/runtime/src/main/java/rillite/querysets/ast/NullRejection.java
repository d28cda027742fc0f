package rillite.querysets.ast;

import java.util.List;

/**
 * Which joins the rows that pass a condition need: without a partner all columns of a join are NULL, and many conditions
 * cannot hold for NULL. Such a join may be INNER.
 *
 * <p>Answers are sets of joins, one bit each; a join comes with all joins before it on its way. What is not known to
 * reject NULL needs nothing.
 */
final class NullRejection implements Condition.Visitor<Long> {

    private static final Long NOTHING = 0L;

    private final Level level;
    private final StrictParts strict;

    private NullRejection(Level level) {
        this.level = level;
        strict = new StrictParts(level);
    }

    /** Tells for each join, by its index, whether it is INNER. */
    static boolean[] innerJoins(Level level, Condition where) {
        boolean[] inner = new boolean[level.joinCount() + 1];
        inner[Level.ROOT] = true;
        long needed = level.joinCount() == 0 ? 0 : where.accept(new NullRejection(level));
        for (int join : level.joinOrder()) {
            inner[join] = inner[level.parent(join)] && (!level.hop(join).mayBeAbsent() || (needed & 1L << join) != 0);
        }
        return inner;
    }

    private Long both(Expression left, Expression right) {
        return left.accept(strict) | right.accept(strict);
    }

    private Long all(List<Expression> operands) {
        long needed = 0;
        for (Expression operand : operands) {
            needed |= operand.accept(strict);
        }
        return needed;
    }

    @Override
    public Long constant(Condition.Constant condition) {
        return NOTHING;
    }

    @Override
    public Long compare(Condition.Compare condition) {
        return both(condition.left(), condition.right());
    }

    @Override
    public Long like(Condition.Like condition) {
        return both(condition.operand(), condition.pattern());
    }

    @Override
    public Long between(Condition.Between condition) {
        return both(condition.low(), condition.high()) | condition.operand().accept(strict);
    }

    @Override
    public Long isNull(Condition.IsNull condition) {
        return condition.negated() ? condition.operand().accept(strict) : NOTHING;
    }

    @Override
    public Long inValues(Condition.InValues condition) {
        return all(condition.operands());
    }

    @Override
    public Long inSelect(Condition.InSelect condition) {
        return all(condition.operands());
    }

    @Override
    public Long exists(Condition.Exists condition) {
        return NOTHING;
    }

    @Override
    public Long holds(Condition.Holds condition) {
        return condition.expression().accept(strict);
    }

    @Override
    public Long match(Condition.Match condition) {
        return StrictParts.way(level, level.index(condition.path()));
    }

    @Override
    public Long and(Condition.And condition) {
        long needed = 0;
        for (Condition part : condition.parts()) {
            needed |= part.accept(this);
        }
        return needed;
    }

    @Override
    public Long or(Condition.Or condition) {
        long needed = -1;
        for (Condition part : condition.parts()) {
            needed &= part.accept(this);
        }
        return needed;
    }

    @Override
    public Long xor(Condition.Xor condition) {
        return NOTHING;
    }

    @Override
    public Long not(Condition.Not condition) {
        return NOTHING;
    }
}
