package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Six values of one row, null where SQL has NULL. */
public record Row6<A, B, C, D, E, F>(
        @Nullable A first,
        @Nullable B second,
        @Nullable C third,
        @Nullable D fourth,
        @Nullable E fifth,
        @Nullable F sixth) {
    /** Makes something of six values. */
    @FunctionalInterface
    public interface Maker<A, B, C, D, E, F, T> {

        /** Makes it; a value is null where SQL has NULL. */
        T of(A first, B second, C third, D fourth, E fifth, F sixth);
    }
}
