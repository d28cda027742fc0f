package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * What a row must fulfil.
 *
 * <p>Build composites with {@link #all}, {@link #any}, {@link #odd} and {@link #not}: they fold constants, so that a
 * condition that can never hold is {@link #NEVER} itself and needs no statement.
 */
public sealed interface Condition {

    /** True for every row. */
    Condition ALWAYS = new Constant(true);

    /** True for no row. */
    Condition NEVER = new Constant(false);

    <R> R accept(Visitor<R> visitor);

    /** Whether it is {@link #ALWAYS}. */
    default boolean isAlways() {
        return this instanceof Constant constant && constant.value();
    }

    /** Whether it is {@link #NEVER}. */
    default boolean isNever() {
        return this instanceof Constant constant && !constant.value();
    }

    /** One answer per case. */
    interface Visitor<R> {
        R constant(Constant condition);

        R compare(Compare condition);

        R like(Like condition);

        R between(Between condition);

        R isNull(IsNull condition);

        R inValues(InValues condition);

        R inSelect(InSelect condition);

        R exists(Exists condition);

        R holds(Holds condition);

        R match(Match condition);

        R and(And condition);

        R or(Or condition);

        R xor(Xor condition);

        R not(Not condition);
    }

    /** Comparison operators. */
    enum Comparison {
        EQUAL("="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }
    }

    /** How the elements of a bound list are read back. */
    enum Elements {
        /** As they are. */
        PLAIN,
        /** As BLOBs written in hexadecimal. */
        HEX
    }

    /** One and the other. */
    static Condition both(Condition one, Condition other) {
        return one.isAlways() ? other : all(List.of(one, other));
    }

    /** All of them; {@link #ALWAYS} for none. */
    static Condition all(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition.isNever()) {
                return NEVER;
            }
            if (condition instanceof And and) {
                parts.addAll(and.parts());
            } else if (!condition.isAlways()) {
                parts.add(condition);
            }
        }
        return parts.isEmpty() ? ALWAYS : parts.size() == 1 ? parts.get(0) : new And(parts);
    }

    /** At least one of them; {@link #NEVER} for none. */
    static Condition any(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition.isAlways()) {
                return ALWAYS;
            }
            if (condition instanceof Or or) {
                parts.addAll(or.parts());
            } else if (!condition.isNever()) {
                parts.add(condition);
            }
        }
        return parts.isEmpty() ? NEVER : parts.size() == 1 ? parts.get(0) : new Or(parts);
    }

    /** An odd number of them. */
    static Condition odd(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        boolean flipped = false;
        for (Condition condition : conditions) {
            if (condition.isAlways()) {
                flipped = !flipped;
            } else if (!condition.isNever()) {
                parts.add(condition);
            }
        }
        Condition odd = parts.isEmpty() ? NEVER : parts.size() == 1 ? parts.get(0) : new Xor(parts);
        return flipped ? not(odd) : odd;
    }

    /** The rows for which the condition is not true, NULL included. */
    static Condition not(Condition condition) {
        if (condition instanceof Constant constant) {
            return constant.value() ? NEVER : ALWAYS;
        }
        if (condition instanceof Not not) {
            return not.operand();
        }
        if (condition instanceof IsNull isNull) {
            return new IsNull(isNull.operand(), !isNull.negated());
        }
        return new Not(condition);
    }

    /** Every row or none. */
    record Constant(boolean value) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.constant(this);
        }
    }

    /** Two values and an operator. */
    record Compare(Comparison comparison, Expression left, Expression right) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.compare(this);
        }
    }

    /** LIKE with a backslash as escape. */
    record Like(Expression operand, Expression pattern) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.like(this);
        }
    }

    /** Both bounds included. */
    record Between(Expression operand, Expression low, Expression high) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.between(this);
        }
    }

    /** IS NULL or IS NOT NULL. */
    record IsNull(Expression operand, boolean negated) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.isNull(this);
        }
    }

    /**
     * Membership in lists that travel as JSON arrays, one bind each. Several operands form a row value; then each
     * element is an array itself.
     */
    record InValues(List<Expression> operands, List<Expression> lists, Elements elements) implements Condition {
        public InValues {
            operands = List.copyOf(operands);
            lists = List.copyOf(lists);
            if (operands.isEmpty() || lists.isEmpty()) {
                throw new IllegalArgumentException("operands and lists must not be empty");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inValues(this);
        }
    }

    /** Membership in the rows of a sub-select. */
    record InSelect(List<Expression> operands, Select select) implements Condition {
        public InSelect {
            operands = List.copyOf(operands);
            if (operands.isEmpty() || operands.size() != select.columns().size()) {
                throw new IllegalArgumentException(operands.size() + " operands against "
                        + select.columns().size() + " columns");
            }
            select = select.asSet();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inSelect(this);
        }
    }

    /** At least one row. */
    record Exists(Select select) implements Condition {
        public Exists {
            select = select.asSet();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exists(this);
        }
    }

    /** An expression that is true: not 0 and not NULL. */
    record Holds(Expression expression) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.holds(this);
        }
    }

    /**
     * A full-text query on a joined or root FTS table.
     *
     * @param column the only column to search; null for all
     */
    record Match(Path path, Table table, @Nullable Column column, Expression query) implements Condition {

        /**
         * The same question where SQLite does not search: whether the row is among those that a search of its own finds.
         *
         * @param up how many SELECTs further out the row stands
         */
        public InSelect amongFound(int up) {
            Column key = table.rowKey().get(0);
            Expression row = path.isRoot()
                    ? new Expression.ColumnRef(path, key, up)
                    : new Expression.ColumnRef(path.parent(), path.last().from().get(0), up);
            Match search =
                    new Match(Path.ROOT, table, column, Rewriter.shifting(1).apply(query));
            return new InSelect(
                    List.of(row),
                    Select.of(new Source.Base(table), List.of(Expression.ColumnRef.of(key)))
                            .withWhere(search));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.match(this);
        }
    }

    /** All parts. */
    record And(List<Condition> parts) implements Condition {
        public And {
            parts = atLeastTwo(parts);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.and(this);
        }
    }

    /** One part or more. */
    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = atLeastTwo(parts);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.or(this);
        }
    }

    /** An odd number of parts. */
    record Xor(List<Condition> parts) implements Condition {
        public Xor {
            parts = atLeastTwo(parts);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.xor(this);
        }
    }

    /** Not true: false or NULL. */
    record Not(Condition operand) implements Condition {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.not(this);
        }
    }

    private static List<Condition> atLeastTwo(List<Condition> parts) {
        if (parts.size() < 2) {
            throw new IllegalArgumentException("needs two parts or more, got " + parts.size());
        }
        return List.copyOf(parts);
    }
}
