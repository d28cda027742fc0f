package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Three values of one row, null where SQL has NULL. */
public record Row3<A, B, C>(
        @Nullable A first, @Nullable B second, @Nullable C third) {
    /** Makes something of three values. */
    @FunctionalInterface
    public interface Maker<A, B, C, T> {

        /** Makes it; a value is null where SQL has NULL. */
        T of(A first, B second, C third);
    }
}
