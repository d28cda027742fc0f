package rillite.cli.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rillite.cli.page.Graph.Arrow;
import rillite.cli.page.Graph.Size;

/**
 * A graph in layers in which every arrow takes one step at a time: where it passes a layer, a narrow lane is kept free
 * between the boxes. Boxes have the first numbers, lanes those after them.
 */
final class Lanes {

    /** Beyond that the longest arrows get no lane and are drawn behind the boxes. */
    private static final int MOST_FOR_EACH_BOX = 4;

    private static final Size LANE = new Size(0, 6);

    private final List<Integer> layers;
    private final List<Size> sizes;
    private final List<Arrow> steps = new ArrayList<>();
    private final Map<Arrow, List<Integer>> ways = new HashMap<>();

    Lanes(Graph graph, int[] layerOfBox) {
        layers = Arrays.stream(layerOfBox).boxed().collect(Collectors.toCollection(ArrayList::new));
        sizes = new ArrayList<>(graph.sizes());
        int left = MOST_FOR_EACH_BOX * graph.boxes();
        List<Arrow> shortFirst = new ArrayList<>(graph.arrows());
        shortFirst.sort(Comparator.comparingInt(this::passes));
        for (Arrow arrow : shortFirst) {
            int passes = passes(arrow);
            if (passes <= left) {
                left -= passes;
                ways.put(arrow, way(arrow));
            }
        }
    }

    /** How many layers lie between the ends of an arrow. */
    private int passes(Arrow arrow) {
        return Math.abs(layers.get(arrow.from()) - layers.get(arrow.to())) - 1;
    }

    private List<Integer> way(Arrow arrow) {
        boolean forward = layers.get(arrow.from()) < layers.get(arrow.to());
        int at = forward ? arrow.from() : arrow.to();
        int end = forward ? arrow.to() : arrow.from();
        List<Integer> way = new ArrayList<>();
        while (layers.get(at) + 1 < layers.get(end)) {
            int lane = sizes.size();
            sizes.add(LANE);
            layers.add(layers.get(at) + 1);
            steps.add(new Arrow(at, lane));
            way.add(lane);
            at = lane;
        }
        steps.add(new Arrow(at, end));
        if (!forward) {
            Collections.reverse(way);
        }
        return List.copyOf(way);
    }

    /** The lanes that an arrow of the graph takes, from where it starts. */
    List<Integer> of(Arrow arrow) {
        return ways.getOrDefault(arrow, List.of());
    }

    /** Boxes and lanes, with arrows that lead from each layer to the next one at its right. */
    Graph graph() {
        return new Graph(sizes, steps);
    }

    int layer(int item) {
        return layers.get(item);
    }

    /** The items of each layer, by number. */
    List<List<Integer>> rows() {
        List<List<Integer>> rows = new ArrayList<>();
        for (int i = 0; i <= Collections.max(layers); i++) {
            rows.add(new ArrayList<>());
        }
        for (int item = 0; item < layers.size(); item++) {
            rows.get(layers.get(item)).add(item);
        }
        return rows;
    }
}
