package rillite.querysets.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import rillite.querysets.Plan;
import rillite.querysets.advice.IndexProposal.Term;

/** An index that is tried: its table and what it sorts by. */
record Candidate(String table, List<Term> terms) {

    private static final String NAME = "rillite_candidate_";

    /** It under the name that it has in a trial, where it is the one of that number. */
    IndexProposal numbered(int number) {
        return new IndexProposal(NAME + number, table, terms);
    }

    static List<IndexProposal> numbered(List<Candidate> candidates) {
        List<IndexProposal> indexes = new ArrayList<>();
        candidates.forEach(candidate -> indexes.add(candidate.numbered(indexes.size())));
        return indexes;
    }

    /** Those of the numbered candidates that a plan makes use of. */
    static List<Candidate> used(List<Candidate> candidates, Plan plan) {
        List<String> words = List.of(plan.toString().split("\\s+"));
        return IntStream.range(0, candidates.size())
                .filter(number -> words.contains(NAME + number))
                .mapToObj(candidates::get)
                .toList();
    }

    boolean has(String column) {
        return terms.stream().anyMatch(term -> term.column().equals(column));
    }

    Candidate with(Term more) {
        List<Term> wider = new ArrayList<>(terms);
        wider.add(more);
        return new Candidate(table, List.copyOf(wider));
    }
}
