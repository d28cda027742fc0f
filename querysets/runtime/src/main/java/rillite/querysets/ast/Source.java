package rillite.querysets.ast;

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

        R nothing(Nothing source);
    }

    /** A table or view under its own name. */
    record Base(Table table) implements Source {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.base(this);
        }
    }

    /** A sub-select in FROM. */
    record Derived(Select select) implements Source {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.derived(this);
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
