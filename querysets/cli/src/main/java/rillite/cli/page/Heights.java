package rillite.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import rillite.cli.page.Graph.Size;

/**
 * Gives the items of ordered layers their heights: each as near to its neighbours as the order and the gaps permit, in the
 * sense of least squares (neighbours that push each other move as one block).
 */
final class Heights {

    private static final int GAP = 22;
    private static final int SWEEPS = 10;

    private final List<List<Integer>> rows;
    private final List<Size> sizes;
    private final List<List<Integer>> targets;
    private final List<List<Integer>> sources;
    private final double[] middle;

    private Heights(Graph graph, List<List<Integer>> rows) {
        this.rows = rows;
        sizes = graph.sizes();
        targets = graph.targets();
        sources = graph.sources();
        middle = new double[graph.boxes()];
        rows.forEach(row -> place(row, item -> 0));
    }

    /** The middle of each item; the uppermost edge of all is at 0. */
    static int[] of(Graph graph, List<List<Integer>> rows) {
        return new Heights(graph, rows).middles();
    }

    private int[] middles() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            boolean last = sweep >= SWEEPS - 2;
            for (int i = 0; i < rows.size(); i++) {
                List<Integer> row = rows.get(rightwards ? i : rows.size() - 1 - i);
                place(row, item -> last ? mean(item, true, true) : mean(item, rightwards, !rightwards));
            }
        }
        double top = Double.MAX_VALUE;
        for (int i = 0; i < middle.length; i++) {
            top = Math.min(top, middle[i] - sizes.get(i).height() / 2.0);
        }
        int[] rounded = new int[middle.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (int) Math.round(middle[i] - top);
        }
        return rounded;
    }

    private double mean(int item, boolean ofSources, boolean ofTargets) {
        double sum = 0;
        int count = 0;
        for (int source : ofSources ? sources.get(item) : List.<Integer>of()) {
            sum += middle[source];
            count++;
        }
        for (int target : ofTargets ? targets.get(item) : List.<Integer>of()) {
            sum += middle[target];
            count++;
        }
        return count == 0 ? middle[item] : sum / count;
    }

    /** Items of a layer that touch each other: they share how far they are from where the first of them would be. */
    private record Block(int items, double wanted) {

        Block with(Block next) {
            int all = items + next.items;
            return new Block(all, (wanted * items + next.wanted * next.items) / all);
        }
    }

    private void place(List<Integer> row, ToDoubleFunction<Integer> wanted) {
        double[] offsets = offsets(row);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Block block = new Block(1, wanted.applyAsDouble(row.get(i)) - offsets[i]);
            while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).wanted() > block.wanted()) {
                block = blocks.remove(blocks.size() - 1).with(block);
            }
            blocks.add(block);
        }
        int at = 0;
        for (Block block : blocks) {
            for (int i = 0; i < block.items(); i++, at++) {
                middle[row.get(at)] = block.wanted() + offsets[at];
            }
        }
    }

    /** How far below the first item each one is at least. */
    private double[] offsets(List<Integer> row) {
        double[] offsets = new double[row.size()];
        for (int i = 1; i < offsets.length; i++) {
            double halves =
                    (sizes.get(row.get(i - 1)).height() + sizes.get(row.get(i)).height()) / 2.0;
            offsets[i] = offsets[i - 1] + halves + GAP;
        }
        return offsets;
    }
}
