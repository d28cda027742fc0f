package rillite.querysets;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Fills the places of rows for related rows, one statement for each relation after the other, on one connection. The rows
 * are known to nobody else until it is done.
 */
final class RelationLoader {

    private final Session session;
    private final int most;
    private final boolean again;

    /**
     * Creates a loader.
     *
     * @param most rows of one statement; more are an error
     * @param again whether related rows that are there already are read nevertheless
     */
    RelationLoader(Session session, int most, boolean again) {
        this.session = session;
        this.most = most;
        this.again = again;
    }

    /** Loads relations of rows, and what is behind them. */
    Mono<Void> load(List<Row> owners, List<Level> levels) {
        if (owners.isEmpty() || levels.isEmpty()) {
            return Mono.empty();
        }
        return Flux.fromIterable(levels)
                .concatMap(level -> load(owners, level, levels), 1)
                .then();
    }

    private Mono<Void> load(List<Row> owners, Level level, List<Level> siblings) {
        return Mono.defer(() -> {
            Gathering gathering = new Gathering(level, owners, siblings, most, again);
            return read(level, gathering).then(Mono.defer(() -> {
                gathering.finish();
                RowPlan plan = level.plan();
                return load(gathering.related(), plan.levels()).then(load(gathering.owners(), plan.behindKnown()));
            }));
        });
    }

    private Mono<Void> read(Level level, Gathering gathering) {
        if (gathering.keys().isEmpty() || level.isEmpty()) {
            return Mono.empty();
        }
        return session.rows(level.text(gathering.keys()), 0, gathering::add).then();
    }
}
