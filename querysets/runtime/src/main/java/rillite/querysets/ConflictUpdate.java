package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import rillite.querysets.ast.Write;

/**
 * What an existing row gets when a new row meets it.
 *
 * @param <T> what a row is read as
 */
public final class ConflictUpdate<T> {

    private final ConflictRule rule;
    private final Function<List<Write.Assignment>, BulkInsert<T>> then;

    ConflictUpdate(ConflictRule rule, Function<List<Write.Assignment>, BulkInsert<T>> then) {
        this.rule = rule;
        this.then = then;
    }

    /** These columns get the values that the new row was to have. */
    public BulkInsert<T> set(String column, String... more) {
        List<String> names = new ArrayList<>(List.of(more));
        names.add(0, column);
        return then.apply(rule.excluded(names));
    }

    /** As {@link #set(String, String...)}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final BulkInsert<T> set(Col<? super T, ?> column, Col<? super T, ?>... more) {
        return then.apply(rule.excluded(List.of(Place.names(column, more))));
    }

    /** As {@link #set(Fields)}: {@code set(AUTHOR.visits.to(AUTHOR.visits.plus(F.excluded(AUTHOR.visits))))}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final BulkInsert<T> set(Assign<? super T>... values) {
        return set(Assign.fields(values));
    }

    /**
     * Columns get these values: constants, or expressions in which {@code F.of} is the existing row and
     * {@code F.excluded} the new one: {@code Fields.of("visits", F.of("visits").plus(F.excluded("visits")))}.
     */
    public BulkInsert<T> set(Fields values) {
        return then.apply(rule.given(values));
    }
}
