package rillite.querysets;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Suggests indexes to {@link Insights}. It is looked up by {@link java.util.ServiceLoader}, because advice stands on the
 * {@link Database} and not under it; this library brings one along.
 */
public interface IndexSuggestions {

    /**
     * Statements that create indexes with which SQLite would run a statement better; empty when there are none.
     *
     * @param sql one statement; it is not run
     */
    Mono<List<String>> of(Database database, String sql);
}
