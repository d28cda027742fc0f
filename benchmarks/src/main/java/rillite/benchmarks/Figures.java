package rillite.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Medians, and numbers as people read them. */
final class Figures {

    private Figures() {}

    /** The middle value, or the mean of the two in the middle; NaN of nothing. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    static String plain(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String pattern = Math.abs(value) >= 1_000 ? "%,.0f" : Math.abs(value) >= 100 ? "%.0f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    /** Columns padded to the widest cell, the first flush left, the others flush right. */
    static String table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("  ");
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row.get(i).length());
                text.append(i == 0 ? row.get(i) + gap : gap + row.get(i)).append("  ");
            }
            text.setLength(text.toString().stripTrailing().length());
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    static List<String> cells(String... cells) {
        return Arrays.asList(cells);
    }
}
