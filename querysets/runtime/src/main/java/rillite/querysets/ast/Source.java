package rillite.querysets.ast;

import java.util.List;
import rillite.querysets.schema.Table;

/** Where rows come from. */
public sealed interface Source {

    /** A statement without FROM. */
    Source NOTHING = new Nothing();

    <R> R accept(Visitor<R> visitor);

    /** One answer per case. */
    interface Visitor<R> {
        R base(Base source);

        R derived(Derived source);

        R compound(Compound source);

        R elements(Elements source);

        R nothing(Nothing source);
    }

    /** How the rows of several SELECTs become one set. */
    enum Operation {
        UNION("UNION"),
        UNION_ALL("UNION ALL"),
        INTERSECT("INTERSECT"),
        EXCEPT("EXCEPT");

        private final String sql;

        Operation(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    /** A table or view under its own name. */
    record Base(Table table) implements Source {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.base(this);
        }
    }

    /**
     * A sub-select in FROM.
     *
     * @param names under which its columns are known outside; empty when no one asks for them
     */
    record Derived(Select select, List<String> names) implements Source {
        public Derived {
            names = List.copyOf(names);
            if (!names.isEmpty() && names.size() != select.columns().size()) {
                throw new IllegalArgumentException(
                        names.size() + " names for " + select.columns().size() + " columns");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.derived(this);
        }
    }

    /**
     * A set operation over SELECTs in FROM, each with as many columns as there are names. A sliced or ordered part keeps
     * its window because it is wrapped; the order of a part without window is dropped.
     */
    record Compound(Operation operation, List<Select> parts, List<String> names) implements Source {
        public Compound {
            parts = parts.stream().map(Select::asSet).toList();
            names = List.copyOf(names);
            if (parts.size() < 2) {
                throw new IllegalArgumentException("a set operation needs two parts or more, got " + parts.size());
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.compound(this);
        }
    }

    /** The elements of a JSON array that is bound; {@link Expression.Element} reads one. */
    record Elements(Expression.Bind list) implements Source {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.elements(this);
        }
    }

    /** No table at all: one row. */
    record Nothing() implements Source {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nothing(this);
        }
    }
}
