package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/** A value of one row. */
public sealed interface Expression {

    <R> R accept(Visitor<R> visitor);

    /** One answer per case. */
    interface Visitor<R> {
        R column(ColumnRef expression);

        R bind(Bind expression);

        R text(Text expression);

        R number(Number expression);

        R call(Call expression);

        R arithmetic(Arithmetic expression);

        R negated(Negated expression);

        R cast(Cast expression);

        R collated(Collated expression);

        R truth(Truth expression);
    }

    /** The functions the compiler may call, by their SQL names. */
    enum Function {
        COUNT_ALL("count"),
        RANDOM("random"),
        INSTR("instr"),
        SUBSTR("substr"),
        REPLACE("replace"),
        LOWER("lower"),
        LENGTH("length"),
        TRIM("trim"),
        ABS("abs"),
        DATE("date"),
        TIME("time"),
        STRFTIME("strftime");

        private final String sqlName;

        Function(String sqlName) {
            this.sqlName = sqlName;
        }

        String sqlName() {
            return sqlName;
        }
    }

    /** Operators between two numbers. */
    enum Operator {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDED("/"),
        MODULO("%");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        /** NULL for a zero divisor. */
        boolean mayFail() {
            return this == DIVIDED || this == MODULO;
        }
    }

    /** Targets of a cast. */
    enum Storage {
        INTEGER,
        REAL,
        TEXT
    }

    /** Collations the compiler may ask for. */
    enum Collation {
        BINARY,
        NOCASE
    }

    /** A column of a source. */
    record ColumnRef(Source source, Column column) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.column(this);
        }
    }

    /**
     * A value that travels as a bind: Long, Double, String, read-only ByteBuffer or null. It is never part of the text
     * nor of a cache key.
     */
    record Bind(@Nullable Object value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.bind(this);
        }

        @Override
        public String toString() {
            return "?";
        }
    }

    /** A text constant of the compiler, never a value of a caller. */
    record Text(String value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /** A number constant of the compiler, never a value of a caller. */
    record Number(long value) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.number(this);
        }
    }

    /** A call of a function. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        public Call(Function function, Expression... arguments) {
            this(function, List.of(arguments));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** Two numbers and an operator. */
    record Arithmetic(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.arithmetic(this);
        }
    }

    /** The number with the other sign. */
    record Negated(Expression operand) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.negated(this);
        }
    }

    /** The value in another storage. */
    record Cast(Expression operand, Storage storage) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cast(this);
        }
    }

    /** The value, compared by another collation. */
    record Collated(Expression operand, Collation collation) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.collated(this);
        }
    }

    /** A condition as a value: 1, 0 or NULL. */
    record Truth(Condition condition) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.truth(this);
        }
    }
}
