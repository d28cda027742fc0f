package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Eight values of one row, null where SQL has NULL. */
public record Row8<A, B, C, D, E, F, G, H>(
        @Nullable A first,
        @Nullable B second,
        @Nullable C third,
        @Nullable D fourth,
        @Nullable E fifth,
        @Nullable F sixth,
        @Nullable G seventh,
        @Nullable H eighth) {
    /** Makes something of eight values. */
    @FunctionalInterface
    public interface Maker<A, B, C, D, E, F, G, H, T> {

        /** Makes it; a value is null where SQL has NULL. */
        T of(A first, B second, C third, D fourth, E fifth, F sixth, G seventh, H eighth);
    }
}
