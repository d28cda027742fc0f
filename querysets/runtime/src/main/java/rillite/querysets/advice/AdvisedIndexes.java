package rillite.querysets.advice;

import java.util.List;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.querysets.IndexSuggestions;

/** The advice of {@link IndexAdvisor}, for insights. */
public final class AdvisedIndexes implements IndexSuggestions {

    /** For {@link java.util.ServiceLoader}. */
    public AdvisedIndexes() {}

    @Override
    public Mono<List<String>> of(Database database, String sql) {
        return IndexAdvisor.of(database)
                .advise(sql)
                .map(advice -> advice.indexes().stream().map(IndexProposal::sql).toList());
    }
}
