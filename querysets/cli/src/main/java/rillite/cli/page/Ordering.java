package rillite.cli.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Orders the items of each layer so that few arrows cross: each is moved to where its neighbours are, to and fro. */
final class Ordering {

    private static final int SWEEPS = 12;

    private final List<List<Integer>> rows;
    private final List<List<Integer>> targets;
    private final List<List<Integer>> sources;
    private final int[] place;

    private Ordering(Lanes lanes) {
        rows = lanes.rows();
        Graph graph = lanes.graph();
        targets = graph.targets();
        sources = graph.sources();
        place = new int[graph.boxes()];
        rows.forEach(this::number);
    }

    /** The items of each layer from above to below. */
    static List<List<Integer>> of(Lanes lanes) {
        return new Ordering(lanes).best();
    }

    private List<List<Integer>> best() {
        List<List<Integer>> best = copy();
        long least = crossings();
        for (int sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            for (int i = 1; i < rows.size(); i++) {
                arrange(rows.get(rightwards ? i : rows.size() - 1 - i), rightwards ? sources : targets);
            }
            long now = crossings();
            if (now < least) {
                least = now;
                best = copy();
            }
        }
        return best;
    }

    private List<List<Integer>> copy() {
        return rows.stream().map(List::copyOf).toList();
    }

    private void number(List<Integer> row) {
        for (int i = 0; i < row.size(); i++) {
            place[row.get(i)] = i;
        }
    }

    private void arrange(List<Integer> row, List<List<Integer>> neighbours) {
        double[] wanted = new double[place.length];
        for (int item : row) {
            wanted[item] = neighbours.get(item).stream()
                    .mapToInt(neighbour -> place[neighbour])
                    .average()
                    .orElse(place[item]);
        }
        row.sort(Comparator.comparingDouble(item -> wanted[item]));
        number(row);
    }

    private long crossings() {
        long crossings = 0;
        for (int i = 0; i + 1 < rows.size(); i++) {
            crossings += crossings(rows.get(i), rows.get(i + 1).size());
        }
        return crossings;
    }

    /** Counts pairs of arrows that start in one order and end in the other, with a tree of sums over the ends. */
    private long crossings(List<Integer> row, int ends) {
        int[] sums = new int[ends + 1];
        long crossings = 0;
        int before = 0;
        for (int item : row) {
            List<Integer> places = new ArrayList<>();
            targets.get(item).forEach(to -> places.add(place[to]));
            Collections.sort(places);
            for (int end : places) {
                int notBelow = 0;
                for (int i = end + 1; i > 0; i -= i & -i) {
                    notBelow += sums[i];
                }
                crossings += before - notBelow;
            }
            for (int end : places) {
                for (int i = end + 1; i <= ends; i += i & -i) {
                    sums[i]++;
                }
            }
            before += places.size();
        }
        return crossings;
    }
}
