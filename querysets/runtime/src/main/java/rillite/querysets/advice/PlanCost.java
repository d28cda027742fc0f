package rillite.querysets.advice;

import java.util.Comparator;
import java.util.List;
import rillite.querysets.Plan;

/**
 * How much work a plan is, as far as its words tell.
 *
 * @param scans tables that are read whole
 * @param automatic indexes that SQLite makes for one run of the statement
 * @param sorts results that are sorted or made distinct in a table of their own
 * @param terms conditions that are answered by an index: more of them is less work
 */
record PlanCost(int scans, int automatic, int sorts, int terms) implements Comparable<PlanCost> {

    private static final Comparator<PlanCost> STEPS =
            Comparator.comparingInt(PlanCost::tables).thenComparingInt(PlanCost::sorts);
    private static final Comparator<PlanCost> ORDER = STEPS.thenComparingInt(cost -> -cost.terms());

    private int tables() {
        return scans + automatic;
    }

    static PlanCost of(Plan plan) {
        PlanCost cost = new PlanCost(0, 0, 0, 0);
        for (Plan.Step step : plan.steps()) {
            cost = cost.plus(of(step));
        }
        return cost;
    }

    private static PlanCost of(Plan.Step step) {
        String detail = step.detail();
        boolean automatic = detail.contains(" AUTOMATIC ");
        return new PlanCost(
                        step.isFullScan() ? 1 : 0,
                        automatic ? 1 : 0,
                        detail.startsWith("USE TEMP B-TREE ") ? 1 : 0,
                        automatic ? 0 : terms(detail))
                .plus(of(new Plan(step.steps())));
    }

    /** The conditions in the brackets at the end: {@code (author_id=? AND pages>?)}. */
    private static int terms(String detail) {
        int bracket = detail.lastIndexOf(" (");
        return bracket < 0 || !detail.startsWith("SEARCH ")
                ? 0
                : List.of(detail.substring(bracket).split(" AND ")).size();
    }

    private PlanCost plus(PlanCost other) {
        return new PlanCost(scans + other.scans, automatic + other.automatic, sorts + other.sorts, terms + other.terms);
    }

    /** Whether an index could make it less. */
    boolean isImprovable() {
        return scans + automatic + sorts > 0;
    }

    /** Whether it reads fewer tables whole or sorts less: worth an index, which one condition more alone is not. */
    boolean isWorthMoreThan(PlanCost other) {
        return STEPS.compare(this, other) < 0;
    }

    @Override
    public int compareTo(PlanCost other) {
        return ORDER.compare(this, other);
    }
}
