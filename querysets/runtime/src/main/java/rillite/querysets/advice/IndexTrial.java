package rillite.querysets.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Plan;
import rillite.querysets.advice.IndexProposal.Term;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Schema;

/**
 * Tries indexes for one statement: all single columns at once, then those that the planner took with one more column each,
 * as long as that is better; in the end those without which the plan is as good are left out.
 */
final class IndexTrial {

    private static final int MOST = 48;

    private final Schema schema;
    private final SchemaCopy copy;
    private final String sql;
    private final List<@Nullable Object> binds;
    private final List<Candidate> singles = new ArrayList<>();

    IndexTrial(Schema schema, SchemaCopy copy, String sql, List<@Nullable Object> binds) {
        this.schema = schema;
        this.copy = copy;
        this.sql = sql;
        this.binds = binds;
        boolean folds = sql.toUpperCase(Locale.ROOT).matches("(?s).*\\b(LIKE|NOCASE)\\b.*");
        for (Column column : Mentions.of(schema, sql, MOST)) {
            singles.add(new Candidate(column.table(), List.of(new Term(column.name(), ""))));
            if (folds && !column.collation().equals("NOCASE")) {
                singles.add(new Candidate(column.table(), List.of(new Term(column.name(), "NOCASE"))));
            }
        }
    }

    /** What came of candidates that were made together: those that were used, and the plan. */
    private record Outcome(List<Candidate> used, Plan plan) {

        PlanCost cost() {
            return PlanCost.of(plan);
        }
    }

    /**
     * The advice; empty when nothing helps, or when the copy runs the statement in another way than the file does.
     *
     * @param real the plan in the file
     */
    Mono<IndexAdvice> advice(Plan real) {
        return copy.plan(sql, binds)
                .onErrorComplete()
                .filter(plan -> plan.equals(real) && !singles.isEmpty())
                .flatMap(plan -> tried(beginning(plan)))
                .flatMap(first -> widened(first, 1))
                .flatMap(best -> pruned(best, 0))
                .map(Outcome::used)
                .filter(used -> !used.isEmpty())
                .flatMap(used -> checked(named(used), real));
    }

    /** Makes the candidates, looks at the plan, and takes them away again. */
    private Mono<Outcome> tried(List<Candidate> candidates) {
        List<IndexProposal> indexes = Candidate.numbered(candidates);
        return copy.create(indexes)
                .then(copy.plan(sql, binds))
                .flatMap(plan -> copy.drop(indexes).thenReturn(new Outcome(Candidate.used(candidates, plan), plan)));
    }

    /** All single columns, and the indexes that are used already with one column more. */
    private List<Candidate> beginning(Plan plan) {
        Set<Candidate> candidates = new LinkedHashSet<>(singles);
        List<String> words = List.of(plan.toString().split("\\s+"));
        for (Candidate single : singles) {
            schema.find(single.table()).orElseThrow().indexes().stream()
                    .filter(index -> words.contains(index.name()) && !index.hasExpressions() && !index.partial())
                    .map(index -> new Candidate(
                            single.table(),
                            index.columns().stream()
                                    .map(column -> new Term(column, ""))
                                    .toList()))
                    .filter(index -> index.terms().size() < IndexAdvisor.WIDEST
                            && !index.has(single.terms().get(0).column()))
                    .map(index -> index.with(single.terms().get(0)))
                    .forEach(candidates::add);
        }
        return List.copyOf(candidates);
    }

    private Mono<Outcome> widened(Outcome best, int columns) {
        Set<Candidate> wider = new LinkedHashSet<>(best.used());
        for (Candidate narrow : best.used()) {
            singles.stream()
                    .filter(single -> single.table().equals(narrow.table()))
                    .map(single -> single.terms().get(0))
                    .filter(term -> narrow.terms().size() == columns && !narrow.has(term.column()))
                    .map(narrow::with)
                    .forEach(wider::add);
        }
        if (columns == IndexAdvisor.WIDEST || wider.size() == best.used().size()) {
            return Mono.just(best);
        }
        return tried(List.copyOf(wider).subList(0, Math.min(MOST, wider.size())))
                .flatMap(next -> next.cost().compareTo(best.cost()) < 0 ? widened(next, columns + 1) : Mono.just(best));
    }

    /** Leaves out, from the position on, what makes no difference. */
    private Mono<Outcome> pruned(Outcome best, int position) {
        if (position >= best.used().size()) {
            return Mono.just(best);
        }
        List<Candidate> fewer = new ArrayList<>(best.used());
        fewer.remove(position);
        return tried(fewer)
                .flatMap(without -> best.cost().isWorthMoreThan(without.cost())
                        ? pruned(best, position + 1)
                        : pruned(new Outcome(List.copyOf(fewer), without.plan()), position));
    }

    private List<IndexProposal> named(List<Candidate> candidates) {
        Set<String> names = new LinkedHashSet<>();
        List<IndexProposal> indexes = new ArrayList<>();
        for (Candidate candidate : candidates) {
            IndexProposal index = IndexProposal.of(schema, names, candidate.table(), candidate.terms());
            names.add(index.name());
            indexes.add(index);
        }
        return indexes;
    }

    private Mono<IndexAdvice> checked(List<IndexProposal> indexes, Plan real) {
        return copy.create(indexes)
                .then(copy.plan(sql, binds))
                .filter(improved -> PlanCost.of(improved).isWorthMoreThan(PlanCost.of(real)))
                .map(improved -> new IndexAdvice(real, indexes, improved));
    }
}
