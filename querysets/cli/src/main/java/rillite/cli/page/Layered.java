package rillite.cli.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rillite.cli.page.Graph.Arrow;
import rillite.cli.page.Graph.Size;
import rillite.cli.page.Layout.Point;

/** Boxes that are connected, in layers from left to right. */
final class Layered {

    private static final int GAP = 90;

    private final Graph graph;
    private final Lanes lanes;
    private final int[] middles;
    private final int[] widths;
    private final int[] left;

    private Layered(Graph graph) {
        this.graph = graph;
        lanes = new Lanes(graph, Layering.of(graph));
        List<List<Integer>> rows = Ordering.of(lanes);
        middles = Heights.of(lanes.graph(), rows);
        widths = rows.stream().mapToInt(this::widest).toArray();
        left = new int[widths.length];
        for (int i = 1; i < left.length; i++) {
            left[i] = left[i - 1] + widths[i - 1] + GAP;
        }
    }

    static Layout of(Graph graph) {
        return new Layered(graph).layout();
    }

    private int widest(List<Integer> row) {
        return row.stream()
                .filter(item -> item < graph.boxes())
                .mapToInt(item -> graph.sizes().get(item).width())
                .max()
                .orElse(0);
    }

    private Layout layout() {
        List<Point> corners = new ArrayList<>();
        int height = 0;
        for (int box = 0; box < graph.boxes(); box++) {
            Size size = graph.sizes().get(box);
            int layer = lanes.layer(box);
            int x = left[layer] + (widths[layer] - size.width()) / 2;
            Point corner = new Point(x, middles[box] - size.height() / 2);
            corners.add(corner);
            height = Math.max(height, corner.y() + size.height());
        }
        Map<Arrow, List<Point>> ways = new HashMap<>();
        for (Arrow arrow : graph.arrows()) {
            List<Point> way = way(arrow);
            ways.put(arrow, way);
            height = Math.max(height, way.stream().mapToInt(Point::y).max().orElse(0));
        }
        return new Layout(corners, ways, new Size(left[left.length - 1] + widths[widths.length - 1], height));
    }

    private List<Point> way(Arrow arrow) {
        boolean forward = lanes.layer(arrow.from()) < lanes.layer(arrow.to());
        List<Point> way = new ArrayList<>();
        for (int lane : lanes.of(arrow)) {
            int layer = lanes.layer(lane);
            Point enters = new Point(left[layer], middles[lane]);
            Point leaves = new Point(left[layer] + widths[layer], middles[lane]);
            way.add(forward ? enters : leaves);
            way.add(forward ? leaves : enters);
        }
        return List.copyOf(way);
    }
}
