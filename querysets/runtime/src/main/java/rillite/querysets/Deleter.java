package rillite.querysets;

import java.util.List;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Write;

/** Deletes the rows of a query, and what the rules of foreign keys delete with them. */
final class Deleter {

    private Deleter() {}

    static Mono<Deleted> delete(QueryState state) {
        Write.Delete delete = new Writer(state).delete(List.of());
        if (delete.where().equals(Condition.NEVER)) {
            return Mono.just(Deleted.NONE);
        }
        // Those of the schema that the query was built by.
        CascadeRules rules = state.model().cascades();
        if (rules.leadingTo(state.model()).isEmpty()) {
            return new Writing<>(state, row -> row)
                    .count(delete, delete.where())
                    .map(rows -> Deleted.of(state.table(), rows));
        }
        // Keys first: what is deleted on the way must not change which rows are meant.
        return state.database()
                .runner()
                .inWrite(session -> new Cascade(state, rules, session).run(delete.where()))
                .single();
    }
}
