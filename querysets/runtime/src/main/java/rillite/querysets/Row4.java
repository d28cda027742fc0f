package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Four values of one row, null where SQL has NULL. */
public record Row4<A, B, C, D>(
        @Nullable A first,
        @Nullable B second,
        @Nullable C third,
        @Nullable D fourth) {
    /** Makes something of four values. */
    @FunctionalInterface
    public interface Maker<A, B, C, D, T> {

        /** Makes it; a value is null where SQL has NULL. */
        T of(A first, B second, C third, D fourth);
    }
}
