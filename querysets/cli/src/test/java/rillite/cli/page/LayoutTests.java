package rillite.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import rillite.cli.page.Graph.Arrow;
import rillite.cli.page.Graph.Size;
import rillite.cli.page.Layout.Point;

final class LayoutTests {

    private static Graph graph(int boxes, List<Arrow> arrows) {
        return new Graph(
                IntStream.range(0, boxes)
                        .mapToObj(i -> new Size(100 + i % 7 * 10, 30 + i % 5 * 20))
                        .toList(),
                arrows);
    }

    private static void assertApart(Graph graph, Layout layout) {
        for (int a = 0; a < graph.boxes(); a++) {
            Point first = layout.corners().get(a);
            Size size = graph.sizes().get(a);
            assertThat(first.x()).isBetween(0, layout.size().width() - size.width());
            assertThat(first.y()).isBetween(0, layout.size().height() - size.height());
            for (int b = 0; b < a; b++) {
                Point second = layout.corners().get(b);
                Size other = graph.sizes().get(b);
                boolean apart = first.x() >= second.x() + other.width()
                        || second.x() >= first.x() + size.width()
                        || first.y() >= second.y() + other.height()
                        || second.y() >= first.y() + size.height();
                assertThat(apart).as("boxes %d and %d", a, b).isTrue();
            }
        }
    }

    @Test
    void arrows_leadToTheRight() {
        Graph graph = graph(5, List.of(new Arrow(0, 1), new Arrow(1, 2), new Arrow(3, 2), new Arrow(0, 2)));

        Layout layout = Layout.of(graph);

        assertApart(graph, layout);
        assertThat(graph.arrows())
                .allSatisfy(
                        arrow -> assertThat(layout.corners().get(arrow.from()).x())
                                .isLessThan(layout.corners().get(arrow.to()).x()));
    }

    @Test
    void arrowThatPassesALayer_goesAroundTheBoxesInIt() {
        Graph graph = graph(3, List.of(new Arrow(0, 1), new Arrow(1, 2), new Arrow(0, 2)));

        Layout layout = Layout.of(graph);

        List<Point> way = layout.ways().get(new Arrow(0, 2));
        Point between = layout.corners().get(1);
        assertThat(way).hasSize(2);
        assertThat(way.get(0).y())
                .matches(y -> y < between.y()
                        || y > between.y() + graph.sizes().get(1).height());
    }

    @Test
    void circles_areDrawn() {
        Graph graph =
                graph(4, List.of(new Arrow(0, 1), new Arrow(1, 2), new Arrow(2, 0), new Arrow(3, 3), new Arrow(0, 2)));

        assertApart(graph, Layout.of(graph));
    }

    @Test
    void crossings_areAvoided() {
        // 0 to 5, 1 to 4, 2 to 3: in the order of the numbers every two of them would cross
        Graph graph = graph(
                7,
                List.of(
                        new Arrow(0, 5),
                        new Arrow(1, 4),
                        new Arrow(2, 3),
                        new Arrow(3, 6),
                        new Arrow(4, 6),
                        new Arrow(5, 6)));

        Layout layout = Layout.of(graph);

        List<Integer> left = inOrder(layout, List.of(0, 1, 2));
        List<Integer> right = inOrder(layout, List.of(5, 4, 3));
        assertThat(left.stream().map(box -> 5 - box)).containsExactlyElementsOf(right);
    }

    private static List<Integer> inOrder(Layout layout, List<Integer> boxes) {
        List<Integer> sorted = new ArrayList<>(boxes);
        sorted.sort((a, b) -> Integer.compare(
                layout.corners().get(a).y(), layout.corners().get(b).y()));
        return sorted;
    }

    @Test
    void anyGraph_isDrawnWithoutOverlap_andAlwaysTheSame() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            int boxes = 1 + random.nextInt(40);
            List<Arrow> arrows = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                arrows.add(new Arrow(random.nextInt(boxes), random.nextInt(boxes)));
            }
            Graph graph = graph(boxes, arrows);

            Layout layout = Layout.of(graph);

            assertApart(graph, layout);
            assertThat(Layout.of(graph)).as("seed %d", seed).isEqualTo(layout);
        }
    }

    @Test
    void longChainWithAHub_staysSmall() {
        int boxes = 5000;
        List<Arrow> arrows = new ArrayList<>();
        for (int i = 1; i < boxes; i++) {
            arrows.add(new Arrow(i, i - 1));
            arrows.add(new Arrow(i, 0));
        }
        Collections.shuffle(arrows, new Random(1));

        Layout layout = Layout.of(graph(boxes, arrows));

        assertThat(layout.corners()).hasSize(boxes);
        assertThat(layout.ways().values().stream().mapToInt(List::size).sum()).isLessThan(10 * boxes);
    }

    @Test
    void nothing_isAnEmptyPicture() {
        assertThat(Layout.of(graph(0, List.of())).size()).isEqualTo(new Size(0, 0));
    }
}
