package rillite.querysets;

import org.jspecify.annotations.Nullable;

/** Two values of one row, null where SQL has NULL. */
public record Row2<A, B>(@Nullable A first, @Nullable B second) {}
