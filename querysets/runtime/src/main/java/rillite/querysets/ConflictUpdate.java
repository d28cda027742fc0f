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

    /**
     * Columns get these values: constants, or expressions in which {@code F.of} is the existing row and
     * {@code F.excluded} the new one: {@code Fields.of("visits", F.of("visits").plus(F.excluded("visits")))}.
     */
    public BulkInsert<T> set(Fields values) {
        return then.apply(rule.given(values));
    }
}
