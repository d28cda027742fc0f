package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Five values of one row, null where SQL has NULL. */
public record Row5<A, B, C, D, E>(
        @Nullable A first,
        @Nullable B second,
        @Nullable C third,
        @Nullable D fourth,
        @Nullable E fifth) {
    /** Makes something of five values. */
    @FunctionalInterface
    public interface Maker<A, B, C, D, E, T> {

        /** Makes it; a value is null where SQL has NULL. */
        T of(A first, B second, C third, D fourth, E fifth);
    }
}
