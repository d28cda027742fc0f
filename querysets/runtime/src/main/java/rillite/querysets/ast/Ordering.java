package rillite.querysets.ast;

import org.jspecify.annotations.Nullable;

/** One term of an order. */
public sealed interface Ordering {

    <R> R accept(Visitor<R> visitor);

    /** The term that sorts the other way round, NULLs included. */
    Ordering reversed();

    /** One answer per case. */
    interface Visitor<R> {
        R by(By ordering);

        R random(Random ordering);
    }

    /** Where NULLs go. */
    enum Nulls {
        FIRST,
        LAST;

        Nulls other() {
            return this == FIRST ? LAST : FIRST;
        }
    }

    /**
     * By an expression.
     *
     * @param nulls where NULLs go; null leaves it to SQLite, for which NULL is smaller than any value
     */
    record By(
            Expression expression,
            boolean descending,
            @Nullable Nulls nulls) implements Ordering {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.by(this);
        }

        @Override
        public Ordering reversed() {
            return new By(expression, !descending, nulls == null ? null : nulls.other());
        }
    }

    /** In no repeatable order. */
    record Random() implements Ordering {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.random(this);
        }

        @Override
        public Ordering reversed() {
            return this;
        }
    }
}
