package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How SQLite would run a query, as the tree that EXPLAIN QUERY PLAN tells.
 *
 * @param steps the steps at the top
 */
public record Plan(List<Step> steps) {

    /**
     * One step.
     *
     * @param detail SQLite's words, for example {@code SEARCH author USING INTEGER PRIMARY KEY (rowid=?)}
     * @param steps the steps inside
     */
    public record Step(String detail, List<Step> steps) {
        public Step {
            steps = List.copyOf(steps);
        }
    }

    record Line(long id, long parent, String detail) {}

    public Plan {
        steps = List.copyOf(steps);
    }

    static Plan of(List<Line> lines) {
        Map<Long, List<Line>> byParent = new LinkedHashMap<>();
        for (Line line : lines) {
            byParent.computeIfAbsent(line.parent(), id -> new ArrayList<>()).add(line);
        }
        return new Plan(children(0, byParent));
    }

    private static List<Step> children(long parent, Map<Long, List<Line>> byParent) {
        return byParent.getOrDefault(parent, List.of()).stream()
                .map(line -> new Step(line.detail(), children(line.id(), byParent)))
                .toList();
    }

    /** One line per step, indented by two spaces per level. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        print(steps, 0, text);
        return text.toString();
    }

    private static void print(List<Step> steps, int level, StringBuilder text) {
        for (Step step : steps) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append("  ".repeat(level)).append(step.detail());
            print(step.steps(), level + 1, text);
        }
    }
}
