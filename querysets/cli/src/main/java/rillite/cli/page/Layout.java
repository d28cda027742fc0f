package rillite.cli.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rillite.cli.page.Graph.Arrow;
import rillite.cli.page.Graph.Size;

/**
 * Where boxes stand and which way arrows take. The same graph always gives the same picture.
 *
 * @param corners the upper left corner of each box
 * @param ways for arrows that pass other layers, the points where they enter and leave each of them
 * @param size of the whole
 */
record Layout(List<Point> corners, Map<Arrow, List<Point>> ways, Size size) {

    private static final int SHELF_GAP = 44;
    private static final double ASPECT = 1.7;

    /** In pixels, to the right and below. */
    record Point(int x, int y) {

        Point plus(Point other) {
            return new Point(x + other.x, y + other.y);
        }
    }

    Layout {
        corners = List.copyOf(corners);
        ways = Map.copyOf(ways);
    }

    /** Boxes that arrows connect in layers; the groups they form on shelves, the large ones first. */
    static Layout of(Graph graph) {
        List<Group> groups = new ArrayList<>();
        for (List<Integer> members : members(graph)) {
            Group group = new Group(members, Layered.of(part(graph, members)));
            groups.add(group);
        }
        groups.sort(Comparator.comparingInt((Group group) -> group.members().size() > 1 ? 0 : 1)
                .thenComparingInt(group -> -group.layout().size().height())
                .thenComparingInt(group -> group.members().get(0)));
        return onShelves(graph.boxes(), groups);
    }

    /** Boxes that arrows connect, and how they stand among themselves. */
    private record Group(List<Integer> members, Layout layout) {

        void place(Point at, Point[] corners, Map<Arrow, List<Point>> ways) {
            for (int i = 0; i < members.size(); i++) {
                corners[members.get(i)] = layout.corners().get(i).plus(at);
            }
            layout.ways().forEach((arrow, way) -> {
                Arrow moved = new Arrow(members.get(arrow.from()), members.get(arrow.to()));
                ways.put(moved, way.stream().map(point -> point.plus(at)).toList());
            });
        }
    }

    private static List<List<Integer>> members(Graph graph) {
        List<List<Integer>> targets = graph.targets();
        List<List<Integer>> sources = graph.sources();
        boolean[] seen = new boolean[graph.boxes()];
        List<List<Integer>> all = new ArrayList<>();
        for (int start = 0; start < seen.length; start++) {
            List<Integer> members = new ArrayList<>();
            if (!seen[start]) {
                seen[start] = true;
                members.add(start);
                all.add(members);
            }
            for (int i = 0; i < members.size(); i++) {
                List<Integer> near = new ArrayList<>(targets.get(members.get(i)));
                near.addAll(sources.get(members.get(i)));
                near.stream().filter(box -> !seen[box]).distinct().forEach(box -> {
                    seen[box] = true;
                    members.add(box);
                });
            }
            members.sort(Comparator.naturalOrder());
        }
        return all;
    }

    /** Members of a graph with new numbers, in their order. */
    private static Graph part(Graph graph, List<Integer> members) {
        Map<Integer, Integer> number = new HashMap<>();
        members.forEach(member -> number.put(member, number.size()));
        return new Graph(
                members.stream().map(graph.sizes()::get).toList(),
                graph.arrows().stream()
                        .filter(arrow -> number.containsKey(arrow.from()))
                        .map(arrow ->
                                new Arrow(number.getOrDefault(arrow.from(), 0), number.getOrDefault(arrow.to(), 0)))
                        .toList());
    }

    private static Layout onShelves(int boxes, List<Group> groups) {
        double area = groups.stream()
                .map(group -> group.layout().size())
                .mapToDouble(size -> (size.width() + SHELF_GAP) * (double) (size.height() + SHELF_GAP))
                .sum();
        int widest = groups.stream()
                .mapToInt(group -> group.layout().size().width())
                .max()
                .orElse(0);
        int room = Math.max(widest, (int) Math.sqrt(area * ASPECT));
        Point[] corners = new Point[boxes];
        Map<Arrow, List<Point>> ways = new HashMap<>();
        int x = 0;
        int y = 0;
        int shelf = 0;
        int width = 0;
        for (Group group : groups) {
            Size size = group.layout().size();
            if (x > 0 && x + size.width() > room) {
                x = 0;
                y += shelf + SHELF_GAP;
                shelf = 0;
            }
            Point at = new Point(x, y);
            group.place(at, corners, ways);
            x += size.width() + SHELF_GAP;
            width = Math.max(width, x - SHELF_GAP);
            shelf = Math.max(shelf, size.height());
        }
        return new Layout(List.of(corners), ways, new Size(width, y + shelf));
    }
}
