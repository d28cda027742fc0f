package rillite.querysets;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table class. Every column is an {@link Expr}. Immutable.
 *
 * @param <R> root of the queries in which it can be used
 * @param <V> type in which it is read
 */
public sealed interface Col<R, V>
        permits AnyCol,
                TextCol,
                LongCol,
                IntCol,
                RealCol,
                DecimalCol,
                BoolCol,
                DateCol,
                TimeCol,
                DateTimeCol,
                InstantCol,
                BlobCol,
                UuidCol,
                JsonCol,
                EnumCol,
                MappedCol {

    /** This column set to a value. */
    default Assign<R> to(@Nullable V value) {
        return Assign.of(this, value);
    }

    /** This column set to what is computed from the row. */
    default Assign<R> to(Expr<? super R, ?> value) {
        return Assign.of(this, value);
    }

    /** This column set to NULL. */
    default Assign<R> toNull() {
        return Assign.of(this, null);
    }
}
