package rillite.cli.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Boxes, by number, and the arrows between them, none from a box to itself and none twice.
 *
 * @param sizes of the boxes
 */
record Graph(List<Size> sizes, List<Arrow> arrows) {

    /** In pixels. */
    record Size(int width, int height) {}

    /** From a box to one that stands to its right, where the arrows do not run in circles. */
    record Arrow(int from, int to) {}

    Graph {
        sizes = List.copyOf(sizes);
        Set<Arrow> once = new LinkedHashSet<>(arrows);
        once.removeIf(arrow -> arrow.from() == arrow.to());
        arrows = List.copyOf(once);
    }

    int boxes() {
        return sizes.size();
    }

    /** For each box those that its arrows lead to. */
    List<List<Integer>> targets() {
        List<List<Integer>> targets = lists();
        arrows.forEach(arrow -> targets.get(arrow.from()).add(arrow.to()));
        return targets;
    }

    /** For each box those whose arrows lead to it. */
    List<List<Integer>> sources() {
        List<List<Integer>> sources = lists();
        arrows.forEach(arrow -> sources.get(arrow.to()).add(arrow.from()));
        return sources;
    }

    private List<List<Integer>> lists() {
        List<List<Integer>> lists = new ArrayList<>(boxes());
        for (int i = 0; i < boxes(); i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }
}
