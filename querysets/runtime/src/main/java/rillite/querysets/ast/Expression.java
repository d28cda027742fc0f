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

        R output(Output expression);

        R element(Element expression);

        R excluded(Excluded expression);

        R aggregate(Aggregate expression);

        R window(Window expression);

        R choice(Choice expression);

        R scalar(Scalar expression);

        R raw(Raw expression);

        R outer(Outer expression);
    }

    /** Functions of many rows. */
    enum Total {
        COUNT("count"),
        SUM("sum"),
        AVG("avg"),
        MIN("min"),
        MAX("max"),
        GROUP_CONCAT("group_concat");

        private final String sqlName;

        Total(String sqlName) {
            this.sqlName = sqlName;
        }

        String sqlName() {
            return sqlName;
        }
    }

    /** The functions the compiler may call, by their SQL names. */
    enum Function {
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
        STRFTIME("strftime"),
        DATETIME("datetime"),
        UPPER("upper"),
        LTRIM("ltrim"),
        RTRIM("rtrim"),
        ROUND("round"),
        COALESCE("coalesce"),
        NULLIF("nullif"),
        GREATEST("max"),
        LEAST("min"),
        SIGN("sign"),
        CEIL("ceil"),
        FLOOR("floor"),
        SQRT("sqrt"),
        POWER("pow"),
        MOD("mod"),
        UNIXEPOCH("unixepoch"),
        HEX("hex"),
        QUOTE("quote"),
        UNHEX("unhex"),
        TYPEOF("typeof"),
        FOLD("rl_fold"),
        REGEXP("regexp"),
        /** Of a full-text search; the first argument is the hidden column that stands for the whole table. */
        BM25("bm25"),
        /** As {@link #BM25}. */
        HIGHLIGHT("highlight"),
        /** As {@link #BM25}. */
        SNIPPET("snippet"),
        JSON_EXTRACT("json_extract"),
        JSON_TYPE("json_type"),
        JSON_ARRAY_LENGTH("json_array_length"),
        JSON("json"),
        ROW_NUMBER("row_number"),
        RANK("rank"),
        DENSE_RANK("dense_rank"),
        PERCENT_RANK("percent_rank"),
        CUME_DIST("cume_dist"),
        NTILE("ntile"),
        LAG("lag"),
        LEAD("lead"),
        FIRST_VALUE("first_value"),
        LAST_VALUE("last_value"),
        NTH_VALUE("nth_value");

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
        MODULO("%"),
        /** Of texts. */
        CONCAT("||"),
        /** The value at a JSON path as SQL value. */
        JSON_VALUE("->>"),
        /** The value at a JSON path as JSON text. */
        JSON_TEXT("->");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        /** Whether values give NULL: for want of something at a JSON path, or by a divisor that may be 0. */
        boolean mayBeNull(boolean otherThanZero) {
            return switch (this) {
                case DIVIDED, MODULO -> !otherThanZero;
                case JSON_VALUE, JSON_TEXT -> true;
                case PLUS, MINUS, TIMES, CONCAT -> false;
            };
        }
    }

    /** Targets of a cast. */
    enum Storage {
        INTEGER,
        REAL,
        TEXT,
        BLOB,
        NUMERIC
    }

    /** Collations the compiler may ask for. */
    enum Collation {
        BINARY,
        NOCASE,
        RTRIM
    }

    /**
     * A column of the root of a SELECT or of a row joined to it.
     *
     * @param path the way from that root
     * @param up 0 for the SELECT in which the expression stands, 1 for the one around it, and so on
     */
    record ColumnRef(Path path, Column column, int up) implements Expression {

        /** A column of the root of the SELECT in which the expression stands. */
        public static ColumnRef of(Column column) {
            return new ColumnRef(Path.ROOT, column, 0);
        }

        /** A column of a row joined to that root. */
        public static ColumnRef of(Path path, Column column) {
            return new ColumnRef(path, column, 0);
        }

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

    /**
     * A named column of the derived root of a SELECT.
     *
     * @param up 0 for the SELECT in which the expression stands, 1 for the one around it, and so on
     */
    record Output(String name, boolean nullable, int up) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.output(this);
        }
    }

    /** The element of {@link Source.Elements}, or its part at a position when it is an array itself (-1: all of it). */
    record Element(int position, Condition.Elements encoding) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.element(this);
        }
    }

    /** In ON CONFLICT DO UPDATE: the value that the row in conflict was to get. */
    record Excluded(Column column) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.excluded(this);
        }
    }

    /**
     * A function of all rows of a group.
     *
     * @param argument null counts rows
     * @param filter which rows take part; {@link Condition#ALWAYS} for all
     * @param separator between texts, for GROUP_CONCAT only
     */
    record Aggregate(
            Total function,
            @Nullable Expression argument,
            boolean distinct,
            Condition filter,
            @Nullable Expression separator)
            implements Expression {

        public Aggregate {
            if (distinct && (argument == null || separator != null)) {
                throw new IllegalArgumentException("DISTINCT goes with one argument and nothing else");
            }
        }

        /** {@code count(*)}. */
        public static Aggregate rows() {
            return new Aggregate(Total.COUNT, null, false, Condition.ALWAYS, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.aggregate(this);
        }
    }

    /**
     * A function of the rows around this one.
     *
     * @param function a {@link Call} or an {@link Aggregate}
     * @param frame null for SQLite's default
     */
    record Window(
            Expression function,
            List<Expression> partition,
            List<Ordering> order,
            @Nullable Frame frame) implements Expression {
        public Window {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            if (!(function instanceof Call || function instanceof Aggregate aggregate && !aggregate.distinct())) {
                throw new IllegalArgumentException("a window takes a function without DISTINCT");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /**
     * Which rows of a partition a window function sees, relative to the present one: negative before, positive after,
     * null without bound.
     */
    record Frame(Unit unit, @Nullable Long from, @Nullable Long to) {
        /** What the bounds count. */
        public enum Unit {
            ROWS,
            RANGE,
            GROUPS
        }
    }

    /** CASE WHEN: the value of the first branch whose condition holds. */
    record Choice(List<Branch> branches, @Nullable Expression otherwise) implements Expression {
        public Choice {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("CASE needs a branch");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choice(this);
        }
    }

    /** One branch of a {@link Choice}. */
    record Branch(Condition condition, Expression value) {}

    /** The first column of the first row of a sub-select; NULL without rows. */
    record Scalar(Select select, boolean nullable) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.scalar(this);
        }
    }

    /** SQL text of the developer around expressions; there is one text more than there are expressions. */
    record Raw(List<String> texts, List<Expression> arguments) implements Expression {
        public Raw {
            texts = List.copyOf(texts);
            arguments = List.copyOf(arguments);
            if (texts.size() != arguments.size() + 1) {
                throw new IllegalArgumentException(texts.size() + " texts around " + arguments.size() + " arguments");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.raw(this);
        }
    }

    /**
     * A name of a query around this one that is not known yet; it must be replaced before the tree is compiled.
     *
     * @param levels 1 for the query into which this one is placed, 2 for the one around that, and so on
     */
    record Outer(String key, int levels) implements Expression {
        public Outer {
            if (levels < 1) {
                throw new IllegalArgumentException("levels must be at least 1, got " + levels);
            }
        }

        /** A name of the query into which this one is placed. */
        public Outer(String key) {
            this(key, 1);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.outer(this);
        }
    }
}
