package rillite.querysets;

import io.r2dbc.spi.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

        /**
         * Whether all rows of a table or index are read one after the other. A scan of a virtual table is not counted: that
         * is how SQLite calls the search of a full-text index and the reading of a bound list.
         */
        public boolean isFullScan() {
            return detail.startsWith("SCAN ")
                    && !detail.contains(" VIRTUAL TABLE ")
                    && !detail.equals("SCAN CONSTANT ROW");
        }
    }

    record Line(long id, long parent, String detail) {
        static Line of(Row row) {
            return new Line(
                    Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, Long.class)),
                    Objects.requireNonNull(row.get(3, String.class)));
        }
    }

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

    /** All steps that read a whole table or index, outer ones first. */
    public List<Step> fullScans() {
        List<Step> scans = new ArrayList<>();
        collect(steps, scans);
        return List.copyOf(scans);
    }

    private static void collect(List<Step> steps, List<Step> scans) {
        for (Step step : steps) {
            if (step.isFullScan()) {
                scans.add(step);
            }
            collect(step.steps(), scans);
        }
    }

    /** One line per step, indented by two spaces per level; full scans are marked. */
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
            if (step.isFullScan()) {
                text.append("  <- full scan");
            }
            print(step.steps(), level + 1, text);
        }
    }
}
