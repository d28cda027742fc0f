package rillite.cli.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import rillite.cli.page.Graph.Arrow;

/** Puts boxes into layers from left to right, so that arrows lead to the right, but those that close a circle. */
final class Layering {

    private static final int OPEN = 1;
    private static final int DONE = 2;

    private final Graph graph;
    private final List<Integer> sorted = new ArrayList<>();

    private Layering(Graph graph) {
        this.graph = graph;
    }

    /** The layer of each box, from 0. No arrow stays within its layer. */
    static int[] of(Graph graph) {
        return new Layering(acyclic(graph)).layers();
    }

    /** The same with arrows turned where they close a circle, as a walk in depth finds them. */
    private static Graph acyclic(Graph graph) {
        List<List<Integer>> targets = graph.targets();
        int[] state = new int[graph.boxes()];
        int[] next = new int[graph.boxes()];
        List<Arrow> arrows = new ArrayList<>();
        for (int start = 0; start < state.length; start++) {
            Deque<Integer> path = new ArrayDeque<>();
            if (state[start] == 0) {
                path.push(start);
                state[start] = OPEN;
            }
            while (!path.isEmpty()) {
                int at = path.element();
                if (next[at] == targets.get(at).size()) {
                    state[at] = DONE;
                    path.pop();
                    continue;
                }
                int to = targets.get(at).get(next[at]++);
                arrows.add(state[to] == OPEN ? new Arrow(to, at) : new Arrow(at, to));
                if (state[to] == 0) {
                    state[to] = OPEN;
                    path.push(to);
                }
            }
        }
        return new Graph(graph.sizes(), arrows);
    }

    private int[] layers() {
        sort();
        List<List<Integer>> targets = graph.targets();
        List<List<Integer>> sources = graph.sources();
        int[] fromRight = new int[graph.boxes()];
        for (int i = sorted.size() - 1; i >= 0; i--) {
            int box = sorted.get(i);
            for (int to : targets.get(box)) {
                fromRight[box] = Math.max(fromRight[box], fromRight[to] + 1);
            }
        }
        // what others lead to stands close to them
        for (int box : sorted) {
            if (!sources.get(box).isEmpty()
                    && sources.get(box).size() >= targets.get(box).size()) {
                fromRight[box] = sources.get(box).stream()
                                .mapToInt(from -> fromRight[from])
                                .min()
                                .orElseThrow()
                        - 1;
            }
        }
        int most = Arrays.stream(fromRight).max().orElse(0);
        int[] layers = Arrays.stream(fromRight).map(depth -> most - depth).toArray();
        int first = Arrays.stream(layers).min().orElse(0);
        return Arrays.stream(layers).map(layer -> layer - first).toArray();
    }

    private void sort() {
        List<List<Integer>> targets = graph.targets();
        int[] waiting = new int[graph.boxes()];
        graph.arrows().forEach(arrow -> waiting[arrow.to()]++);
        for (int box = 0; box < waiting.length; box++) {
            if (waiting[box] == 0) {
                sorted.add(box);
            }
        }
        for (int i = 0; i < sorted.size(); i++) {
            for (int to : targets.get(sorted.get(i))) {
                if (--waiting[to] == 0) {
                    sorted.add(to);
                }
            }
        }
    }
}
