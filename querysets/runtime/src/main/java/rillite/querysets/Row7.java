package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Seven values of one row, null where SQL has NULL. */
public record Row7<A, B, C, D, E, F, G>(
        @Nullable A first,
        @Nullable B second,
        @Nullable C third,
        @Nullable D fourth,
        @Nullable E fifth,
        @Nullable F sixth,
        @Nullable G seventh) {
    /** Makes something of seven values. */
    @FunctionalInterface
    public interface Maker<A, B, C, D, E, F, G, T> {

        /** Makes it; a value is null where SQL has NULL. */
        T of(A first, B second, C third, D fourth, E fifth, F sixth, G seventh);
    }
}
